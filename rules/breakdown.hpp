// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a figure is made of: its weeks and its procedures. The counts are the same as count()'s.
#pragma once

#include "rules/count.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace thidua::rules {

/// The complete ISO weeks of a stretch of days.
struct CompleteWeeks {
    Day first;              ///< Monday of the first one
    std::size_t count = 0;  ///< none: `first` means nothing

    /// Which of them holds `day`, from 0; `count` if none does.
    [[nodiscard]] std::size_t find(Day day) const;
};

/// Those whose Monday is not before `start` and whose Sunday is not after `last`.
[[nodiscard]] CompleteWeeks complete_weeks(Day start, Day last);

/// What one procedure brings to a figure.
struct ProcedurePart {
    std::size_t procedure = 0;  ///< as Catalogue::procedure
    Ratio counts;               ///< its dossiers; for services-online 1 of 1 or 0 of 1
    std::int64_t received = 0;  ///< its received dossiers, whatever the figure counts

    friend bool operator==(const ProcedurePart&, const ProcedurePart&) = default;
};

/// One figure, taken apart.
struct Breakdown {
    Ratio before;  ///< what was received before the first complete week
    /// What was received in each, oldest first: a payment counts in the week of its dossier. For
    /// services-online the procedures that had their first online dossier in it, of nothing.
    std::vector<Ratio> weeks;
    std::vector<ProcedurePart> parts;  ///< ascending by procedure; those that count
};

/// Takes `indicator` apart as of `day`: each unit with everything below it, in the order of
/// Organisation::units, then the whole. Each tally must lie within one ISO week, as `weeks` are.
[[nodiscard]] std::vector<Breakdown> break_down(
    const Indicator& indicator,
    const Catalogue& catalogue,
    std::span<const PlacedTally> tallies,
    const CompleteWeeks& weeks,
    Day day
);

}  // namespace thidua::rules
