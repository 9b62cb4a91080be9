// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What moved after a unit was urged: complete weeks before against complete weeks after. Pure, and
// in whole numbers; what else happened in those weeks nobody here knows.
#pragma once

#include "core/alert.hpp"
#include "core/urging.hpp"
#include "rules/irregularity.hpp"
#include "rules/standings.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace thidua::rules {

/// So many complete weeks before an urging are looked at: all of them, or nothing is said.
inline constexpr std::size_t urging_weeks_before = 4;
/// So many after it at most: the first ones.
inline constexpr std::size_t urging_weeks_after = 2;

/// The counts of complete weeks, summed.
struct UrgingEffect {
    std::optional<Ratio> before;  ///< of the four weeks before; nothing: there are fewer
    std::optional<Ratio> after;   ///< of `weeks_after`; nothing: none is complete yet
    std::size_t weeks_after = 0;  ///< 1 or 2, with `after`

    friend bool operator==(const UrgingEffect&, const UrgingEffect&) = default;
};

/// Of an urging on `urged`. Before it are weeks that ended before that day, after it those that
/// began on it or later; the week in which it fell is neither, unless it fell on a Monday. `last`:
/// the last day of which the counts are whole.
[[nodiscard]] UrgingEffect effect_of(Day urged, const WeeklyCounts& counts, Day last);

enum class Movement { Faster, Same, Slower };

/// "faster", "same", "slower"
[[nodiscard]] std::string_view to_text(Movement movement);

/// Done per week after against before, exact; nothing unless both are known.
[[nodiscard]] std::optional<Movement> movement_of(const UrgingEffect& effect);

/// The complete weeks of every unit and indicator, as Breakdown::weeks counts them. `standings`
/// must be what `input` measures, and each of its tallies must lie within one ISO week. A figure
/// that is unknown is left out.
struct WeeklySeries {
    Day first;  ///< Monday of the first week
    std::map<AlertKey, std::vector<Ratio>> weeks;
};
[[nodiscard]] WeeklySeries weekly_series(const StandingsInput& input, const Standings& standings);

/// The last day of which everything that `indicator` is counted from is known: `standings.as_of`,
/// or the day before the one on which a source was read last.
[[nodiscard]] Day last_whole_day(
    const Standings& standings, std::span<const std::string> sources_needed
);

/// The last recorded urging of that unit to that indicator, by its day; null if there is none.
[[nodiscard]] const Urging* last_urged(std::span<const Urging> urgings, const AlertKey& key);

/// Whether nobody is to be urged again on `today`: that was done within `interval` days.
[[nodiscard]] bool is_too_soon(
    std::span<const Urging> urgings, const AlertKey& key, Day today, int interval
);

}  // namespace thidua::rules
