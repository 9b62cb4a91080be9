// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What people act on, beside each figure: where its gap lies, what is still to come, and whether
// the pace suffices.
#pragma once

#include "rules/gap.hpp"
#include "rules/pace.hpp"
#include "rules/standings.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace thidua::rules {

/// Of figures that count dossiers so many procedures are named.
inline constexpr std::size_t causes_max = 5;

/// A procedure that accounts for a part of the gap.
struct Cause {
    std::size_t procedure = 0;  ///< place in StandingsInput::procedures; their number: none there
    std::int64_t missed = 0;    ///< D - N of this procedure; for services-online 1
    std::int64_t received = 0;  ///< dossiers received of it, of any channel

    friend bool operator==(const Cause&, const Cause&) = default;
};

/// Beside a figure with a target and some activity.
struct FigureActions {
    /// Of figures that count dossiers; nothing with fewer than four complete weeks.
    std::optional<ExpectedNeed> expected;
    std::int64_t missed = 0;  ///< D - N of a figure that is below its target
    /// Those that account for it: the five that miss most dossiers; for services-online all that
    /// have none online, those with dossiers first, by volume. Empty unless it is below its target.
    std::vector<Cause> causes;
    std::optional<Pace> pace;
    std::optional<Forecast> forecast;
};

struct Actions {
    std::size_t complete_weeks = 0;
    std::int64_t weeks_left = 0;
    /// In the order of Standings::units and UnitStanding::figures.
    std::vector<std::vector<FigureActions>> units;
    std::vector<FigureActions> total;
};

/// `standings` must be what `input` measures, and each of its tallies must lie within one ISO week.
[[nodiscard]] Actions find_actions(const StandingsInput& input, const Standings& standings);

}  // namespace thidua::rules
