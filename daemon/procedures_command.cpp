// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua procedures list
#include "core/text.hpp"
#include "daemon/commands.hpp"
#include "daemon/procedures.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/units.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

constexpr std::string_view configuration = "configuration";

/// What a catalogue says otherwise than what is counted by.
struct Difference {
    std::string procedure;
    std::string source;
    std::string what;  ///< "offered online", "fee-bearing"
    bool counted_as = false;
};

/// The procedures that are counted by, and where they come from.
struct Listed {
    Day day;
    Organisation organisation;
    std::vector<Procedure> procedures;
    std::vector<std::string> origins;  ///< "configuration", or the catalogue; by procedure
    std::vector<Difference> differences;
};

/// The catalogues' own words, each as if there were no other.
struct Catalogue {
    std::string source;
    std::vector<Procedure> procedures;
};

std::vector<Catalogue> each_alone(
    const config::Settings& settings, std::span<const store::CatalogueEntry> entries
) {
    std::vector<Catalogue> catalogues;
    for (const std::string& name : catalogues_of(settings)) {
        catalogues.push_back(
            {name, with_catalogue({}, entries, std::span(&name, 1), settings.campaign.start)}
        );
    }
    return catalogues;
}

const Procedure* find(std::span<const Procedure> procedures, std::string_view code) {
    const auto place = std::ranges::find(procedures, code, &Procedure::code);
    return place == procedures.end() ? nullptr : &*place;
}

void compare(
    const Procedure& counted, const Catalogue& catalogue, Day day, std::vector<Difference>& found
) {
    const Procedure* said = find(catalogue.procedures, counted.code);
    if (said == nullptr) {
        return;
    }
    const auto add = [&](std::string_view what, bool is_so) {
        found.push_back({counted.code, catalogue.source, std::string(what), is_so});
    };
    if (!said->levels.empty() && is_online(*said, day) != is_online(counted, day)) {
        add("offered online", is_online(counted, day));
    }
    if (!said->fees.empty() && is_fee_bearing(*said, day) != is_fee_bearing(counted, day)) {
        add("fee-bearing", is_fee_bearing(counted, day));
    }
}

std::string origin_of(
    const config::Settings& settings, const std::vector<Catalogue>& catalogues, const Procedure& one
) {
    if (find(settings.procedures, one.code) != nullptr) {
        return std::string(configuration);
    }
    const auto first = std::ranges::find_if(catalogues, [&](const Catalogue& catalogue) {
        return find(catalogue.procedures, one.code) != nullptr;
    });
    return first == catalogues.end() ? "" : first->source;
}

Result<Listed> list_procedures(
    SharedStore& store, const config::Settings& settings, Day day, Instant known_at
) {
    const auto units = units_known(store, settings);
    auto organisation = units ? organisation_on(*units, day) : std::unexpected(units.error());
    const auto entries = store.call([&](store::Store& open) { return open.catalogue(known_at); });
    if (!organisation || !entries) {
        return std::unexpected(organisation ? entries.error() : organisation.error());
    }
    Listed listed{day, *std::move(organisation), {}, {}, {}};
    listed.procedures = with_catalogue(
        settings.procedures, *entries, catalogues_of(settings), settings.campaign.start
    );
    std::ranges::sort(listed.procedures, {}, &Procedure::code);
    const std::vector<Catalogue> catalogues = each_alone(settings, *entries);
    for (const Procedure& procedure : listed.procedures) {
        listed.origins.push_back(origin_of(settings, catalogues, procedure));
        for (const Catalogue& catalogue : catalogues) {
            compare(procedure, catalogue, day, listed.differences);
        }
    }
    return listed;
}

std::string_view fee_on(const Procedure& procedure, Day day) {
    const bool is_said = !procedure.fees.empty() && procedure.fees.front().from <= day;
    return is_said ? yes_no_words[is_fee_bearing(procedure, day) ? 1 : 0] : "-";
}

/// Codes of its units that no unit has on the day.
std::vector<std::string> unmapped_units(const Procedure& procedure, const Organisation& tree) {
    std::vector<std::string> codes;
    std::ranges::copy_if(procedure.units, std::back_inserter(codes), [&](const std::string& code) {
        return !tree.find(code);
    });
    return codes;
}

void print_text(const Listed& listed) {
    for (std::size_t at = 0; at < listed.procedures.size(); ++at) {
        const Procedure& procedure = listed.procedures[at];
        const auto unmapped = unmapped_units(procedure, listed.organisation);
        fmt::print(
            "{:<12} {:<11} fee {:<3} {:<16} {}{}{}\n",
            one_line(procedure.code),
            level_word(level_on(procedure, listed.day)),
            fee_on(procedure, listed.day),
            listed.origins[at],
            one_line(procedure.name),
            unmapped.empty() ? "" : "  no unit has ",
            fmt::join(unmapped, ", ")
        );
    }
    if (!listed.differences.empty()) {
        fmt::print("\nCatalogues that say otherwise ({})\n", listed.differences.size());
    }
    for (const Difference& one : listed.differences) {
        fmt::print(
            "{:<12} counted as {}{}; {} says it is {}\n",
            one_line(one.procedure),
            one.counted_as ? "" : "not ",
            one.what,
            one.source,
            one.counted_as ? "not" : "so"
        );
    }
}

json::object to_json(const Listed& listed) {
    json::array procedures;
    for (std::size_t at = 0; at < listed.procedures.size(); ++at) {
        const Procedure& procedure = listed.procedures[at];
        const std::string_view level = level_word(level_on(procedure, listed.day));
        const std::string_view fee = fee_on(procedure, listed.day);
        const auto unmapped = unmapped_units(procedure, listed.organisation);
        procedures.push_back(
            {{"code", procedure.code},
             {"name", procedure.name},
             {"level", level == "-" ? json::value() : json::value(level)},
             {"fee_bearing", fee == "-" ? json::value() : json::value(fee == "yes")},
             {"units", json::array(procedure.units.begin(), procedure.units.end())},
             {"unmapped_units", json::array(unmapped.begin(), unmapped.end())},
             {"from", listed.origins[at]}}
        );
    }
    json::array differences;
    for (const Difference& one : listed.differences) {
        differences.push_back(
            {{"code", one.procedure},
             {"source", one.source},
             {"what", one.what},
             {"counted_as", one.counted_as}}
        );
    }
    return {
        {"day", to_text(listed.day)},
        {"procedures", std::move(procedures)},
        {"differences", std::move(differences)}};
}

}  // namespace

ExitCode run_procedures_list(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const Instant now = Clock(options.now).now();
    const Campaign& campaign = settings.campaign;
    const Day day = std::clamp(options.as_of.value_or(day_of(now)), campaign.start, campaign.end);
    const auto listed = list_procedures((*session)->store(), settings, day, now);
    if (!listed) {
        return report_error(listed.error());
    }
    if (options.json) {
        fmt::print("{}", pretty_json(to_json(*listed)));
    } else {
        print_text(*listed);
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
