// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/review.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

namespace thidua::rules {
namespace {

using Codes = std::vector<std::string>;
using Units = std::set<std::string, std::less<>>;

const Day today = *parse_day("2024-10-18");

Procedure procedure(std::string code, std::vector<Procedure::DatedLevel> levels, bool has_fee) {
    Procedure made;
    made.code = std::move(code);
    made.units = {"A"};
    made.levels = std::move(levels);
    made.fees = {{*parse_day("2024-01-01"), has_fee}};
    return made;
}

std::vector<Procedure::DatedLevel> since_new_year(Level level) {
    return {{*parse_day("2024-01-01"), level}};
}

Tally received(std::string code, std::int64_t count) {
    Tally tally;
    tally.procedure_code = std::move(code);
    tally.received = count;
    return tally;
}

ProcedureReview review(std::string code, std::string unit, ReviewWord word) {
    return {std::move(code), std::move(unit), word, "An", Instant{}, "", ""};
}

const std::vector<Procedure> procedures{
    procedure("1.1", since_new_year(Level::Partial), false),
    procedure("1.2", since_new_year(Level::Information), true),
    procedure("1.3", since_new_year(Level::Partial), true),
    procedure("1.4", since_new_year(Level::Full), true),
    procedure("1.5", {}, false),
    procedure(
        "1.6",
        {{*parse_day("2024-01-01"), Level::Partial}, {*parse_day("2024-10-19"), Level::Full}},
        true
    )};

const std::vector<Tally> tallies{received("1.1", 90), received("1.3", 4), received("1.3", 5)};

std::vector<ReviewRow> rows(const std::vector<ProcedureReview>& reviews, Day day = today) {
    return review_rows({procedures, tallies, reviews, day});
}

Codes codes_of(const std::vector<ReviewRow>& rows) {
    Codes codes;
    std::ranges::transform(rows, std::back_inserter(codes), &ReviewRow::code);
    return codes;
}

TEST(ReviewRows, AreThoseBelowFullByFeeAndVolume) {
    const auto found = rows({});
    EXPECT_EQ(codes_of(found), (Codes{"1.3", "1.2", "1.6", "1.1", "1.5"}));
    EXPECT_EQ(found[0].received, 9);
    EXPECT_TRUE(found[0].is_fee_bearing);
    EXPECT_EQ(found[1].level, Level::Information);
    EXPECT_FALSE(found[4].level) << "nobody said it";
}

TEST(ReviewRows, KeepWhatWasProposedAndIsOfferedInFullSince) {
    const Day tomorrow = today + std::chrono::days{1};
    EXPECT_EQ(codes_of(rows({}, tomorrow)), (Codes{"1.3", "1.2", "1.1", "1.5"}));
    const auto found = rows({review("1.6", "A", ReviewWord::ProposeFull)}, tomorrow);
    EXPECT_EQ(codes_of(found), (Codes{"1.3", "1.2", "1.6", "1.1", "1.5"}));
    EXPECT_EQ(found[2].level, Level::Full);
}

TEST(ReviewRows, HaveTheLastProposalOfEachUnitAndTheDecisionAboutIt) {
    using enum ReviewWord;
    std::vector reviews{
        review("1.3", "A", ProposeKeep),
        review("1.3", "B", ProposeFull),
        review("1.3", "A", ProposeFull),
        review("1.3", "A", Refuse)};
    const auto first = rows(reviews)[0];
    ASSERT_EQ(first.proposals.size(), 2U);
    EXPECT_EQ(first.proposals[0].unit, "B");
    EXPECT_EQ(first.proposals[1].word, ProposeFull);
    EXPECT_EQ(first.decision->word, Refuse);
    reviews.push_back(review("1.3", "A", ProposePartial));
    EXPECT_FALSE(rows(reviews)[0].decision) << "it was about the proposal before";
}

TEST(CountReviews, AreOfTheUnitsThatAnswerAndThatProposed) {
    using enum ReviewWord;
    const auto found = rows(
        {review("1.3", "A", ProposeFull),
         review("1.3", "A", Approve),
         review("1.2", "A", ProposeKeep),
         review("1.1", "B", ProposeFull)}
    );
    EXPECT_EQ(count_reviews(found, Units{"A"}), (ReviewCounts{5, 2, 1, 1}));
    EXPECT_EQ(count_reviews(found, Units{"A", "B"}), (ReviewCounts{5, 3, 2, 1}));
    EXPECT_EQ(count_reviews(found, Units{"B"}), (ReviewCounts{0, 0, 0, 0})) << "B answers for none";
}

}  // namespace
}  // namespace thidua::rules
