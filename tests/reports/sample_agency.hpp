// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// An agency made of a few rows of counts, measured as rules/ would.
#pragma once

#include "rules/standings.hpp"
#include "tests/reports/samples.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace thidua::test {

/// The root's code; units directly below it are ranked.
inline constexpr const char* root_code = "H37.10";

using Counts = std::vector<std::optional<Ratio>>;

/// Counts of a unit: services, dossiers, payments; this week and the week before.
struct UnitCounts {
    std::string code;
    std::string name;
    std::string parent;
    Counts now;
    Counts before;
};

[[nodiscard]] Day day(int year, unsigned month, unsigned number);
[[nodiscard]] Instant at(Day date, std::chrono::minutes time);

/// Three indicators; services above 90 %, payments above 45 %.
[[nodiscard]] Campaign make_campaign();

/// All sources fresh, everything provisional.
[[nodiscard]] rules::Standings make_standings(
    const Campaign& campaign,
    const std::vector<UnitCounts>& rows,
    Counts UnitCounts::*week,
    Day as_of
);

/// `rows` in `week`, compared with the week before.
[[nodiscard]] Sample make_sample(const std::vector<UnitCounts>& rows, IsoWeek week);

}  // namespace thidua::test
