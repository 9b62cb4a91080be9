// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/unit_checks.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace thidua::config {

namespace {

std::vector<std::string> codes_of(const std::vector<DatedUnit>& units) {
    std::vector<std::string> codes;
    for (const DatedUnit& unit : units) {
        codes.push_back(unit.code);
    }
    return codes;
}

bool is_dated(const DatedUnit& unit) {
    return unit.days != DaysInForce{};
}

void check_codes(const WrittenUnits& written) {
    for (std::size_t at = 0; at < written.units.size(); ++at) {
        const DatedUnit& unit = written.units[at];
        for (std::size_t earlier = 0; earlier < at; ++earlier) {
            const DatedUnit& other = written.units[earlier];
            if (other.code == unit.code && overlap(other.days, unit.days)) {
                const bool has_days = is_dated(unit) || is_dated(other);
                written.places[at].code.refuse(
                    std::string("a code that no other unit has") +
                    (has_days ? " in the same days" : "")
                );
                break;
            }
        }
    }
}

void check_mergers(const WrittenUnits& written) {
    for (std::size_t at = 0; at < written.units.size(); ++at) {
        const DatedUnit& unit = written.units[at];
        if (!unit.merged_into || !unit.days.until) {
            continue;
        }
        const auto codes = codes_of(written.units);
        const Node& place = written.places[at].merged_into;
        const Day day_after = *unit.days.until + std::chrono::days{1};
        if (std::ranges::find(codes, *unit.merged_into) == codes.end()) {
            place.refuse(
                "the code of a unit in this file" + did_you_mean(*unit.merged_into, codes)
            );
        } else if (!find_in_force(written.units, *unit.merged_into, day_after)) {
            place.refuse(
                "a unit in force on " + thidua::to_text(day_after) +
                ", the day after this one's last"
            );
        }
    }
}

/// Checks one day after another, and tells of each place once.
class DayChecks {
  public:
    explicit DayChecks(const WrittenUnits& written)
        : written_(written),
          codes_(codes_of(written.units)),
          is_dated_(days_of_change(written.units).size() > 1) {}

    void check(Day day) {
        day_ = day;
        in_force_.clear();
        for (std::size_t at = 0; at < written_.units.size(); ++at) {
            if (holds(written_.units[at].days, day)) {
                in_force_.push_back(at);
            }
        }
        check_aliases();
        check_tree();
    }

  private:
    using Owners = std::map<std::string, std::size_t>;

    /// " on 2024-10-01", or nothing if the file knows no days.
    [[nodiscard]] std::string on_day() const {
        return is_dated_ ? " on " + thidua::to_text(day_) : "";
    }

    /// True at the first time for this place.
    bool is_news(const Node& place) { return told_.insert(&place).second; }

    void check_aliases() {
        Owners owners;
        for (const std::size_t at : in_force_) {
            owners.emplace(written_.units[at].code, at);
        }
        Owners heirs;
        for (InheritedCode& inherited : inherited_codes(written_.units, day_)) {
            heirs.emplace(std::move(inherited.code), inherited.heir);
        }
        for (const std::size_t at : in_force_) {
            const auto& aliases = written_.units[at].aliases;
            for (std::size_t index = 0; index < aliases.size(); ++index) {
                if (!holds(aliases[index].days, day_)) {
                    continue;
                }
                const auto [owner, is_new] = owners.emplace(aliases[index].code, at);
                const auto heir = heirs.find(aliases[index].code);
                if (!is_new) {
                    tell_of_taken_alias(written_.places[at].aliases[index], owner->second);
                } else if (heir != heirs.end() && heir->second != at) {
                    tell_of_taken_alias(written_.places[at].aliases[index], heir->second);
                }
            }
        }
    }

    void tell_of_taken_alias(const Node& place, std::size_t owner) {
        if (is_news(place)) {
            place.refuse(
                "a code that no other unit has;" + on_day() + " it already names " +
                shown(name_on(written_.units[owner], day_))
            );
        }
    }

    void check_tree() {
        std::optional<std::size_t> root;
        bool has_circle = false;
        for (const std::size_t at : in_force_) {
            if (!parent_on(written_.units[at], day_)) {
                if (root) {
                    tell_of_second_root(at, *root);
                }
                root = root ? root : at;
            } else if (!parent_of(at)) {
                tell_of_lost_parent(at);
            } else if (!has_circle && is_in_circle(at)) {
                has_circle = true;  // one message for the circle, not one for each unit in it
                if (const Node& place = parent_place(at); is_news(place)) {
                    place.refuse("a unit above it, but the parents form a circle" + on_day());
                }
            }
        }
        if (!root && !has_circle && !in_force_.empty() && !has_told_of_no_root_) {
            has_told_of_no_root_ = true;
            written_.places[in_force_.front()].code.report(
                "one unit must be the root and have no \"parent\"" + on_day()
            );
        }
    }

    void tell_of_second_root(std::size_t at, std::size_t root) {
        const Node& place = written_.places[at].code;
        if (is_news(place)) {
            place.report(
                shown(written_.units[at].code) + ": a second unit without a parent beside " +
                shown(written_.units[root].code) + on_day() +
                ": name the unit above it in \"parent\""
            );
        }
    }

    void tell_of_lost_parent(std::size_t at) {
        const std::string parent = *parent_on(written_.units[at], day_);
        const Node& place = parent_place(at);
        if (!is_news(place)) {
            return;
        }
        if (std::ranges::find(codes_, parent) == codes_.end()) {
            place.refuse("the code of a unit in this file" + did_you_mean(parent, codes_));
        } else {
            place.refuse(
                "a unit in force whenever it is the parent, but" + on_day() +
                " it is not: say in \"changes\" from which day on another one is"
            );
        }
    }

    /// Where the parent of the day is written.
    [[nodiscard]] const Node& parent_place(std::size_t at) const {
        const WrittenUnits::Places& places = written_.places[at];
        const Node* place = &places.parent;
        for (std::size_t index = 0; index < places.changed_parents.size(); ++index) {
            const Node& changed = places.changed_parents[index];
            place = changed && written_.units[at].changes[index].from <= day_ ? &changed : place;
        }
        return *place;
    }

    /// The unit above; nothing for a root, or if its parent is not in force.
    [[nodiscard]] std::optional<std::size_t> parent_of(std::size_t at) const {
        const auto parent = parent_on(written_.units[at], day_);
        return parent ? find_in_force(written_.units, *parent, day_) : std::nullopt;
    }

    [[nodiscard]] bool is_in_circle(std::size_t at) const {
        auto above = parent_of(at);
        for (std::size_t steps = 0; above && steps <= in_force_.size(); ++steps) {
            if (*above == at) {
                return true;
            }
            above = parent_of(*above);
        }
        return false;
    }

    const WrittenUnits& written_;
    std::vector<std::string> codes_;
    bool is_dated_;
    bool has_told_of_no_root_ = false;
    std::set<const Node*> told_;
    Day day_;
    std::vector<std::size_t> in_force_;
};

}  // namespace

void check_units(const WrittenUnits& written) {
    check_codes(written);
    check_mergers(written);
    DayChecks checks(written);
    for (const Day day : days_of_change(written.units)) {
        checks.check(day);
    }
}

}  // namespace thidua::config
