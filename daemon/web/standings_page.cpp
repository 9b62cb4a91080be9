// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// / : the whole, and the units by rank.
#include "daemon/web/figures_page.hpp"
#include "daemon/web/html.hpp"
#include "daemon/web/words_table.hpp"
#include "reports/digest_facts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon::web {
namespace {

/// Best first; those without a rank last.
std::vector<const rules::UnitStanding*> by_rank(const rules::Standings& standings) {
    std::vector<const rules::UnitStanding*> units;
    for (const rules::UnitStanding& unit : standings.units) {
        if (unit.is_ranked) {
            units.push_back(&unit);
        }
    }
    std::ranges::stable_sort(units, [](const auto* one, const auto* other) {
        return one->rank && other->rank ? *one->rank < *other->rank
                                        : one->rank.has_value() > other->rank.has_value();
    });
    return units;
}

std::string others(const Words& words, const StandingsView& view) {
    UnitsTable what{.caption = std::string(words(Say::OtherUnits)), .units = {}};
    for (const rules::UnitStanding& unit : view.standings.units) {
        if (!unit.is_ranked && unit.depth > 0) {
            what.units.push_back(&unit);
        }
    }
    if (what.units.empty()) {
        return "";
    }
    return fmt::format(
        "<details><summary>{} ({})</summary>\n{}</details>\n",
        escaped(words(Say::OtherUnits)),
        what.units.size(),
        units_table(words, view, what)
    );
}

}  // namespace

StandingsView view_of(const Snapshot& snapshot, const config::Settings& settings) {
    return {
        settings.campaign,
        snapshot.input,
        snapshot.standings,
        snapshot.actions,
        snapshot.past,
        settings.hash};
}

std::string standings_page(const Words& words, const StandingsView& view) {
    const rules::Standings& standings = view.standings;
    const auto past = view.past.of_all(view.campaign);
    UnitsTable what{
        .caption = std::string(words(Say::Units)), .units = by_rank(standings), .with_rank = true};
    what.units.push_back(&standings.total);
    std::string html = fitness_notice(words, view);
    html += section(
        "whole",
        words(standings.unmapped > 0 ? Say::WholeWithUnmapped : Say::Whole),
        figure_cards(words, view, standings.total, trends_of(words, view, standings.total, past))
    );
    html +=
        section("units", words(Say::Units), units_table(words, view, what) + others(words, view));
    return page(
        words,
        {.title = std::string(words(Say::Standings)),
         .above = agency_of(standings, view.campaign),
         .active = "/",
         .foot = provenance(words, view)},
        html
    );
}

}  // namespace thidua::daemon::web
