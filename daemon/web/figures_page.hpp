// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the pages of the whole and of a unit have in common.
#pragma once

#include "daemon/web/pages.hpp"

#include <string>
#include <vector>

namespace thidua::daemon::web {

/// How fit the figures are, and the sources that are not as they should be.
[[nodiscard]] std::string fitness_notice(const Words& words, const StandingsView& view);

/// A card for each figure of `unit`, with its weeks where some are known.
[[nodiscard]] std::string figure_cards(
    const Words& words,
    const StandingsView& view,
    const rules::UnitStanding& unit,
    const std::vector<reports::TrendChart>& trends
);

/// A chart for each indicator: the weeks as published, and the figure of now.
[[nodiscard]] std::vector<reports::TrendChart> trends_of(
    const Words& words,
    const StandingsView& view,
    const rules::UnitStanding& unit,
    const std::vector<reports::PastWeek>& past
);

/// Units with their figures; `with_rank`: in the order of their ranks, which are shown.
struct UnitsTable {
    std::string caption;
    std::vector<const rules::UnitStanding*> units;
    bool with_rank = false;
};
[[nodiscard]] std::string units_table(
    const Words& words, const StandingsView& view, const UnitsTable& what
);

/// Day, instant, what is not mapped, configuration: at the foot.
[[nodiscard]] std::string provenance(const Words& words, const StandingsView& view);

/// "Sở ...: Đợt thi đua ..."
[[nodiscard]] std::string agency_of(const rules::Standings& standings, const Campaign& campaign);

}  // namespace thidua::daemon::web
