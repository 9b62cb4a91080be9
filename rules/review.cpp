// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/review.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace thidua::rules {
namespace {

using Reviews = std::span<const ProcedureReview>;

void add_reviews(ReviewRow& row, Reviews reviews) {
    for (const ProcedureReview& review : reviews) {
        if (review.procedure != row.code) {
            continue;
        }
        if (!is_proposal(review.word)) {
            row.decision = review;
            continue;
        }
        std::erase_if(row.proposals, [&](const ProcedureReview& earlier) {
            return earlier.unit == review.unit;
        });
        row.proposals.push_back(review);
        row.decision.reset();
    }
}

}  // namespace

std::vector<ReviewRow> review_rows(const ReviewInput& input) {
    std::map<std::string_view, std::int64_t> received;
    for (const Tally& tally : input.tallies) {
        received[tally.procedure_code] += tally.received;
    }
    std::vector<ReviewRow> rows;
    for (const Procedure& procedure : input.procedures) {
        ReviewRow row;
        row.code = procedure.code;
        row.name = procedure.name;
        row.units = procedure.units;
        row.level = level_on(procedure, input.day);
        row.is_fee_bearing = is_fee_bearing(procedure, input.day);
        const auto volume = received.find(row.code);
        row.received = volume == received.end() ? 0 : volume->second;
        add_reviews(row, input.reviews);
        if (row.level.value_or(Level::Information) != Level::Full || !row.proposals.empty()) {
            rows.push_back(std::move(row));
        }
    }
    std::ranges::sort(rows, [](const ReviewRow& left, const ReviewRow& right) {
        return std::tuple(!left.is_fee_bearing, -left.received, std::string_view(left.code)) <
               std::tuple(!right.is_fee_bearing, -right.received, std::string_view(right.code));
    });
    return rows;
}

ReviewCounts count_reviews(
    std::span<const ReviewRow> rows, const std::set<std::string, std::less<>>& units
) {
    ReviewCounts counts;
    const auto is_among = [&](const std::string& unit) { return units.contains(unit); };
    for (const ReviewRow& row : rows) {
        if (std::ranges::none_of(row.units, is_among)) {
            continue;
        }
        bool is_reviewed = false;
        bool is_proposed = false;
        for (const ProcedureReview& proposal : row.proposals) {
            const bool is_theirs = is_among(proposal.unit);
            is_reviewed = is_reviewed || is_theirs;
            is_proposed = is_proposed || (is_theirs && proposal.word == ReviewWord::ProposeFull);
        }
        const bool is_approved = row.decision && row.decision->word == ReviewWord::Approve;
        ++counts.to_review;
        counts.reviewed += is_reviewed ? 1 : 0;
        counts.proposed += is_proposed ? 1 : 0;
        counts.approved += is_reviewed && is_approved ? 1 : 0;
    }
    return counts;
}

}  // namespace thidua::rules
