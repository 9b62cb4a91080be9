// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/unit_history.hpp"

#include <map>
#include <set>
#include <utility>

namespace thidua {
namespace {

constexpr std::chrono::days one_day{1};

/// The unit that has on `day` what the ended unit at `at` had; nothing if nobody has it.
std::optional<std::size_t> heir_on(std::span<const DatedUnit> units, std::size_t at, Day day) {
    // Ends: an heir is in force after the end of the one before it, so it ends later.
    while (units[at].days.until && *units[at].days.until < day) {
        if (!units[at].merged_into) {
            return std::nullopt;
        }
        const auto heir =
            find_in_force(units, *units[at].merged_into, *units[at].days.until + one_day);
        if (!heir) {
            return std::nullopt;
        }
        at = *heir;
    }
    return at;
}

/// What the unit at `at` left behind when it ended, as far as it is still in force on `day`.
std::vector<std::string> codes_left(const DatedUnit& unit, Day day) {
    std::vector<std::string> codes{unit.code};
    for (const DatedUnit::DatedAlias& alias : unit.aliases) {
        if (holds(alias.days, day)) {
            codes.push_back(alias.code);
        }
    }
    return codes;
}

void add_days(std::set<Day>& to, const DaysInForce& in_force) {
    if (in_force.from) {
        to.insert(*in_force.from);
    }
    if (in_force.until) {
        to.insert(*in_force.until + one_day);
    }
}

Unit plain_unit(const DatedUnit& unit, Day day) {
    Unit plain{unit.code, name_on(unit, day), parent_on(unit, day), {}};
    for (const DatedUnit::DatedAlias& alias : unit.aliases) {
        if (holds(alias.days, day)) {
            plain.aliases.push_back(alias.code);
        }
    }
    return plain;
}

}  // namespace

std::string name_on(const DatedUnit& unit, Day day) {
    std::string name = unit.name;
    for (const DatedUnit::Change& change : unit.changes) {
        if (change.from <= day && change.name) {
            name = *change.name;
        }
    }
    return name;
}

std::optional<std::string> parent_on(const DatedUnit& unit, Day day) {
    std::optional<std::string> parent = unit.parent;
    for (const DatedUnit::Change& change : unit.changes) {
        if (change.from <= day && change.parent) {
            parent = change.parent;
        }
    }
    return parent;
}

std::optional<std::size_t> find_in_force(
    std::span<const DatedUnit> units, std::string_view code, Day day
) {
    for (std::size_t at = 0; at < units.size(); ++at) {
        if (units[at].code == code && holds(units[at].days, day)) {
            return at;
        }
    }
    return std::nullopt;
}

std::vector<InheritedCode> inherited_codes(std::span<const DatedUnit> units, Day day) {
    struct Left {
        Day until;
        std::optional<std::size_t> heir;
    };
    std::map<std::string, Left> left;
    for (std::size_t at = 0; at < units.size(); ++at) {
        const DatedUnit& unit = units[at];
        if (!unit.days.until || day <= *unit.days.until) {
            continue;
        }
        const Left own{*unit.days.until, heir_on(units, at, day)};
        for (const std::string& code : codes_left(unit, day)) {
            const auto [place, is_new] = left.emplace(code, own);
            if (!is_new && place->second.until < own.until) {
                place->second = own;
            }
        }
    }
    std::vector<InheritedCode> inherited;
    for (const auto& [code, last] : left) {
        if (last.heir && !find_in_force(units, code, day)) {
            inherited.push_back({code, *last.heir});
        }
    }
    return inherited;
}

std::vector<Day> days_of_change(std::span<const DatedUnit> units) {
    std::set<Day> days;
    for (const DatedUnit& unit : units) {
        add_days(days, unit.days);
        for (const DatedUnit::Change& change : unit.changes) {
            days.insert(change.from);
        }
        for (const DatedUnit::DatedAlias& alias : unit.aliases) {
            add_days(days, alias.days);
        }
    }
    days.insert(days.empty() ? Day{} : *days.begin() - one_day);
    return {days.begin(), days.end()};
}

Result<Organisation> organisation_on(std::span<const DatedUnit> units, Day day) {
    std::vector<Unit> in_force;
    std::map<std::size_t, std::size_t> places;
    for (std::size_t at = 0; at < units.size(); ++at) {
        if (holds(units[at].days, day)) {
            places.emplace(at, in_force.size());
            in_force.push_back(plain_unit(units[at], day));
        }
    }
    if (in_force.empty()) {
        return fail(ErrorKind::Config, "no unit is in force on " + to_text(day));
    }
    for (InheritedCode& inherited : inherited_codes(units, day)) {
        in_force[places.at(inherited.heir)].aliases.push_back(std::move(inherited.code));
    }
    auto organisation = Organisation::create(std::move(in_force));
    if (!organisation) {
        return failed("units in force on " + to_text(day), organisation.error());
    }
    return organisation;
}

}  // namespace thidua
