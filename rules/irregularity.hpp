// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Weeks that stand out from what the same unit did before, for the council to look into. Pure
// arithmetic in whole numbers: no verdict and no rank depends on it, and it says nothing of why.
//
// Only what is above the unit's own past is told of. Nobody is commended for a low week, and the
// last weeks are low by themselves: a payment counts in its dossier's week and comes later.
#pragma once

#include "core/campaign.hpp"
#include "rules/standings.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace thidua::rules {

/// So many weeks must lie before what is tested: the median of fewer is one or two weeks' word.
inline constexpr std::size_t usual_weeks_min = 6;
/// A week has more than so many times the median: holidays and their backlog make it double.
inline constexpr std::int64_t volume_times = 3;
/// The last four weeks together vary less than one, so less than thrice strikes already.
inline constexpr std::int64_t end_times = 2;
inline constexpr std::size_t end_weeks = 4;
/// And at least so many cases more: thrice one dossier is three.
inline constexpr std::int64_t cases_more_min = 30;
/// A share is that of a week with so many cases; of fewer, one or two turn it.
inline constexpr std::int64_t share_cases_min = 30;
/// It is more than so many percentage points above the highest week before: of 30 cases chance
/// alone moves a share by 9, so twice that.
inline constexpr std::int64_t share_points = 20;

/// What is held against the weeks before.
enum class WeekTest {
    Volume,       ///< a week's cases (denominator), against the median week
    Share,        ///< a week's ratio, against the highest week
    EndOfPeriod,  ///< hits (numerator) of the last four weeks, against the median week
};

/// A stretch of weeks that stands out.
struct Irregularity {
    Day from;     ///< a Monday
    Day to;       ///< a Sunday
    Ratio found;  ///< Share: the week's two counts; otherwise so many cases of 1
    /// Share: those of the highest week before; otherwise the median, of 1, or of 2 where it lies
    /// between two counts.
    Ratio usual;
    std::size_t weeks_before = 0;  ///< so many were compared with
    std::int64_t in_all = 0;       ///< EndOfPeriod: hits in all the weeks, these and those before

    friend bool operator==(const Irregularity&, const Irregularity&) = default;
};

/// Complete weeks of one figure that counts dossiers, as Breakdown::weeks. Those before the first
/// with any case do not count: the unit had not begun, and zeros would make all others stand out.
struct WeeklyCounts {
    Day first;  ///< Monday of the first week
    std::span<const Ratio> weeks;
};

/// The weeks that stand out, oldest first; nothing if there were too few to test any.
[[nodiscard]] std::optional<std::vector<Irregularity>> find_irregularities(
    WeekTest test, const WeeklyCounts& counts
);

struct FigureTested {
    WeekTest test = WeekTest::Volume;
    std::string indicator;  ///< Indicator::id
    /// Nothing: not tested, for there were too few weeks or the figure is not fit.
    std::optional<std::vector<Irregularity>> found;

    friend bool operator==(const FigureTested&, const FigureTested&) = default;
};

struct UnitTested {
    std::string code;
    std::string name;
    std::vector<FigureTested> figures;  ///< each indicator that counts dossiers, each test

    friend bool operator==(const UnitTested&, const UnitTested&) = default;
};

struct WeeksTested {
    std::size_t weeks = 0;  ///< complete ones; the part of a week at either end is never compared
    std::vector<UnitTested> units;  ///< who can be commended: the ranked by rank, the root last

    friend bool operator==(const WeeksTested&, const WeeksTested&) = default;
};

/// `standings` must be what `input` measures, and each of its tallies must lie within one ISO week.
/// Dossiers of all weeks are placed by the tree of the last day: an heir has the weeks of the
/// units that were merged into it. Indicators that count procedures are not tested: each counts
/// once, in the week of its first online dossier.
[[nodiscard]] WeeksTested test_weeks(const StandingsInput& input, const Standings& standings);

}  // namespace thidua::rules
