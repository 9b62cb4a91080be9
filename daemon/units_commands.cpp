// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua units list, unmapped, map
#include "core/codes.hpp"
#include "core/text.hpp"
#include "daemon/commands.hpp"
#include "daemon/json_values.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/units.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <set>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// A code that no unit has on the day, as `source` names it.
struct Unmapped {
    std::string source;
    store::UnitCode code;
    std::string nearest;  ///< unit whose code, or an alias of it, is most like it
};

/// The day that is asked for, within the campaign.
Day day_asked(const Options& options, const config::Settings& settings) {
    const Day day = options.as_of.value_or(day_of(Clock(options.now).now()));
    return std::clamp(day, settings.campaign.start, settings.campaign.end);
}

Result<Organisation> organisation_asked(
    SharedStore& store, const config::Settings& settings, Day day
) {
    const auto units = units_known(store, settings);
    return units ? organisation_on(*units, day) : std::unexpected(units.error());
}

std::string nearest_unit(const Organisation& organisation, std::string_view code) {
    std::string nearest;
    std::size_t least = std::numeric_limits<std::size_t>::max();
    for (const Unit& unit : organisation.units()) {
        std::size_t distance = edit_distance(code, unit.code);
        for (const std::string& alias : unit.aliases) {
            distance = std::min(distance, edit_distance(code, alias));
        }
        if (distance < least) {
            least = distance;
            nearest = unit.code;
        }
    }
    return nearest;
}

/// Of the sources by whose record something is counted.
Result<std::vector<Unmapped>> find_unmapped(
    SharedStore& store, const config::Settings& settings, const Organisation& organisation
) {
    std::set<std::string> sources;
    for (const Indicator& indicator : settings.campaign.indicators) {
        sources.insert(indicator.system_of_record);
    }
    std::vector<Unmapped> found;
    for (const std::string& source : sources) {
        auto codes = store.call([&](store::Store& open) { return open.unit_codes(source); });
        if (!codes) {
            return std::unexpected(codes.error());
        }
        for (store::UnitCode& code : *codes) {
            if (!organisation.find(code.code)) {
                std::string nearest = nearest_unit(organisation, code.code);
                found.push_back({source, std::move(code), std::move(nearest)});
            }
        }
    }
    std::ranges::stable_sort(found, [](const Unmapped& left, const Unmapped& right) {
        return left.code.dossiers > right.code.dossiers;
    });
    return found;
}

void print_unmapped(const Options& options, const std::vector<Unmapped>& found) {
    json::array array;
    for (const Unmapped& one : found) {
        array.push_back(
            {{"source", one.source},
             {"code", one.code.code},
             {"dossiers", one.code.dossiers},
             {"first", to_text(one.code.first)},
             {"last", to_text(one.code.last)},
             {"nearest", one.nearest}}
        );
        if (!options.json) {
            fmt::print(
                "{:<12} {:<24} {:>7} dossiers, {} to {}, nearest {}\n",
                one.source,
                one_line(one.code.code),
                one.code.dossiers,
                to_text(one.code.first),
                to_text(one.code.last),
                one.nearest
            );
        }
    }
    if (options.json) {
        fmt::print("{}", pretty_json(array));
    } else if (found.empty() && !options.quiet) {
        fmt::print(stderr, "every code that records name is a unit's\n");
    }
}

std::string names_of(const std::vector<DatedUnit>& units) {
    std::vector<std::string> codes;
    std::ranges::transform(units, std::back_inserter(codes), &DatedUnit::code);
    return fmt::format("{}", fmt::join(codes, ", "));
}

/// The alias that is to be decided on. Errors: Usage, with what speaks against it.
Result<store::UnitAlias> alias_asked(
    const Options& options, const config::Settings& settings, const Service& service
) {
    store::UnitAlias alias{
        canonical_unit_code(options.code),
        canonical_unit_code(options.unit),
        options.from,
        options.by,
        service.clock.now()};
    if (alias.code.empty() || options.by.empty()) {
        return fail(ErrorKind::Usage, "units map: say which code, and who decides it");
    }
    if (is_mapped(settings.units, alias.code)) {
        return fail(
            ErrorKind::Usage,
            fmt::format("units map: the configuration maps {} already; change it there", alias.code)
        );
    }
    const bool is_known = std::ranges::any_of(settings.units, [&](const DatedUnit& unit) {
        return unit.code == alias.unit;
    });
    if (!is_known) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "units map: there is no unit {}; there are {}", alias.unit, names_of(settings.units)
            )
        );
    }
    const std::vector<DatedUnit> units = with_aliases(settings.units, std::span(&alias, 1));
    for (const Day day : days_of_change(units)) {
        if (day < settings.campaign.start || day > settings.campaign.end) {
            continue;
        }
        if (const auto fits = organisation_on(units, day); !fits) {
            return fail(ErrorKind::Usage, "units map: " + fits.error().message);
        }
    }
    return alias;
}

}  // namespace

ExitCode run_units_list(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const auto aliases =
        (*session)->store().call([](store::Store& store) { return store.unit_aliases(); });
    const auto organisation =
        organisation_asked((*session)->store(), settings, day_asked(options, settings));
    if (!aliases || !organisation) {
        return report_error(aliases ? organisation.error() : aliases.error());
    }
    json::array array;
    for (const Unit& unit : organisation->units()) {
        json::array decided;
        for (const store::UnitAlias& alias : *aliases) {
            if (std::ranges::count(unit.aliases, alias.code) != 0) {
                decided.push_back({{"code", alias.code}, {"by", alias.decided_by}});
            }
        }
        array.push_back(
            {{"code", unit.code},
             {"name", unit.name},
             {"parent", unit.parent ? json::value(*unit.parent) : nullptr},
             {"aliases", json::array(unit.aliases.begin(), unit.aliases.end())},
             {"decided", std::move(decided)}}
        );
        if (!options.json) {
            fmt::print(
                "{:<20} {}{}{}\n",
                unit.code,
                unit.name,
                unit.aliases.empty() ? "" : "  also ",
                fmt::join(unit.aliases, ", ")
            );
        }
    }
    if (options.json) {
        fmt::print("{}", pretty_json(array));
    }
    return ExitCode::Done;
}

ExitCode run_units_unmapped(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const auto organisation =
        organisation_asked((*session)->store(), settings, day_asked(options, settings));
    const auto found = organisation ? find_unmapped((*session)->store(), settings, *organisation)
                                    : std::unexpected(organisation.error());
    if (!found) {
        return report_error(found.error());
    }
    print_unmapped(options, *found);
    return ExitCode::Done;
}

ExitCode units_map(const Options& options, const Service& service, const Output& output) {
    const auto alias = alias_asked(options, service.settings, service);
    const auto done =
        alias ? service.store.call([&](store::Store& store) { return store.map_unit(*alias); })
              : std::unexpected(alias.error());
    if (!done) {
        return report_error(output, done.error());
    }
    if (options.json) {
        output.out(pretty_json(
            {{"code", alias->code},
             {"unit", alias->unit},
             {"from", time_or_null(alias->from)},
             {"by", alias->decided_by}}
        ));
    } else if (!options.quiet) {
        output.out(fmt::format("{} is {} from now on\n", alias->code, alias->unit));
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
