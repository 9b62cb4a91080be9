// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The review of procedures (nội dung 2): which of them are not offered online in full, what was
// proposed for them, and what that comes to for a unit. Pure.
#pragma once

#include "core/organisation.hpp"
#include "core/procedure_review.hpp"
#include "core/tally.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace thidua::rules {

/// What a unit's review comes to. It decides nothing: a body says whether it suffices.
struct ReviewCounts {
    std::int64_t to_review = 0;  ///< procedures that are below full, or were and have a proposal
    std::int64_t reviewed = 0;   ///< of those: with a proposal
    std::int64_t proposed = 0;   ///< of those: to be offered in full
    std::int64_t approved = 0;   ///< of those that are reviewed: whose proposal is followed

    friend bool operator==(const ReviewCounts&, const ReviewCounts&) = default;
};

/// A procedure to be reviewed.
struct ReviewRow {
    std::string code;
    std::string name;
    std::vector<std::string> units;  ///< codes of those that answer for it
    std::optional<Level> level;      ///< on the day; nothing: not known
    bool is_fee_bearing = false;
    std::int64_t received = 0;                ///< dossiers in the window
    std::vector<ProcedureReview> proposals;   ///< the last of each unit, oldest first
    std::optional<ProcedureReview> decision;  ///< the last, unless a proposal came after it

    friend bool operator==(const ReviewRow&, const ReviewRow&) = default;
};

struct ReviewInput {
    std::span<const Procedure> procedures;
    std::span<const Tally> tallies;            ///< of the window, by their canonical codes
    std::span<const ProcedureReview> reviews;  ///< oldest first
    Day day;
};

/// Procedures that are not offered in full on the day, and those that are but were proposed: the
/// fee-bearing ones first, then by volume, then by code.
[[nodiscard]] std::vector<ReviewRow> review_rows(const ReviewInput& input);

/// Of the rows for which one of `units` (codes) answers; a proposal counts if one of them made it.
[[nodiscard]] ReviewCounts count_reviews(
    std::span<const ReviewRow> rows, const std::set<std::string, std::less<>>& units
);

}  // namespace thidua::rules
