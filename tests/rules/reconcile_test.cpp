// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/reconcile.hpp"

#include "rules/figure_id.hpp"
#include "tests/rules/two_sides.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::rules {
namespace {

constexpr Share one_percent{1, 100};
constexpr auto records = PairKind::Records;

const UnitComparison& unit_of(
    const PairResult& result, std::string_view indicator, std::string_view unit
) {
    const auto of =
        std::ranges::find(result.indicators, indicator, &IndicatorComparison::indicator);
    return *std::ranges::find(of->units, unit, &UnitComparison::unit);
}

TEST(Reconcile, CountsBothSidesForTheUnitsOfEither) {
    const std::vector<ComparedDossier> dossiers{
        {1, "D1", {word(1)}, {word(1)}, {}},
        {2, "D2", {word(1)}, {of_unit(word(1), "B")}, {}},
        {3, "D3", {by(word(1), Channel::Direct)}, {by(word(1), Channel::Direct)}, {}},
        {4, "D4", {of_unit(word(1), "B")}, {}, {}},
        {5, "D5", {word(13)}, {}, {}}};
    const PairResult result = reconcile(input_for(records, dossiers));
    const UnitComparison& a = unit_of(result, "dossiers-online", "A");
    EXPECT_EQ(a.own, (Ratio{2, 3}));
    EXPECT_EQ(a.witness, (Ratio{1, 2}));
    EXPECT_EQ(a.compared, 3);
    EXPECT_EQ(a.differing, 1);
    EXPECT_EQ(a.with(Reason::UnitMapping), 1);
    EXPECT_EQ(a.waiting, 1);
    const UnitComparison& b = unit_of(result, "dossiers-online", "B");
    EXPECT_EQ(b.own, (Ratio{1, 1}));
    EXPECT_EQ(b.witness, (Ratio{1, 1})) << "the same counts, of other dossiers";
    EXPECT_EQ(b.differing, 2);
    EXPECT_EQ(b.with(Reason::Unknown), 1);
    for (const std::string_view whole : {std::string_view("S"), total_unit}) {
        const UnitComparison& all = unit_of(result, "dossiers-online", whole);
        EXPECT_EQ(all.own, (Ratio{3, 4}));
        EXPECT_EQ(all.witness, (Ratio{2, 3}));
        EXPECT_EQ(all.compared, 4);
        EXPECT_EQ(all.differing, 2);
        EXPECT_EQ(all.waiting, 1);
    }
    EXPECT_EQ(unit_of(result, "services-online", "S").own, (Ratio{1, 2}));
}

TEST(Reconcile, ComparesOnlyWhatTheWitnessTells) {
    PairInput input = input_for(records, {});
    input.tells_paid = false;
    EXPECT_EQ(comparable(input).size(), 2);
    input.tells_channel = false;
    EXPECT_TRUE(comparable(input).empty());
    input.own = "another";
    input.tells_channel = true;
    EXPECT_TRUE(comparable(input).empty());
    EXPECT_EQ(comparable(input_for(PairKind::Payments, {})).size(), 1);
}

TEST(Reconcile, AsksForTheHistoryOfThoseOfAnotherUnit) {
    const std::vector<ComparedDossier> dossiers{
        {1, "D1", {word(1)}, {word(1)}, {}},
        {2, "D2", {word(1)}, {of_unit(word(1), "B")}, {}},
        {3, "D3", {word(1)}, {}, {}}};
    EXPECT_EQ(of_another_unit(input_for(records, dossiers)), std::vector<std::size_t>{1});
}

struct FitnessCase {
    std::string name;
    std::int64_t compared;
    std::int64_t unknown;
    std::int64_t waiting;
    std::optional<Fitness> fitness;

    friend void PrintTo(const FitnessCase& row, std::ostream* out) { *out << row.name; }
};

class FitnessOfComparison : public testing::TestWithParam<FitnessCase> {};

TEST_P(FitnessOfComparison, FollowsFromWhatIsNotExplained) {
    UnitComparison comparison;
    comparison.compared = GetParam().compared;
    comparison.waiting = GetParam().waiting;
    comparison.differing = GetParam().compared;  // all the others are explained
    comparison.reasons.at(static_cast<std::size_t>(Reason::Unknown)) = GetParam().unknown;
    EXPECT_EQ(fitness_of(comparison, one_percent), GetParam().fitness);
}

INSTANTIATE_TEST_SUITE_P(
    OnePercent,
    FitnessOfComparison,
    testing::ValuesIn(std::vector<FitnessCase>{
        {"NothingToCompare", 0, 0, 0, std::nullopt},
        {"NothingToCompareYet", 0, 0, 7, std::nullopt},
        {"AllExplained", 100, 0, 0, Fitness::Reconciled},
        {"ExactlyTheTolerance", 100, 1, 0, Fitness::Reconciled},
        {"AboveIt", 100, 2, 0, Fitness::Unreconciled},
        {"JustAboveIt", 10'000, 101, 0, Fitness::Unreconciled},
        {"OneOfFew", 99, 1, 0, Fitness::Unreconciled},
        {"WhatWaitsMayTipIt", 100, 1, 1, Fitness::Provisional},
        {"WhatWaitsCannotTipIt", 1'000, 9, 1, Fitness::Reconciled},
        {"ItHasTippedAlready", 100, 2, 50, Fitness::Unreconciled},
    }),
    test::case_name<FitnessCase>
);

TEST(Reconcile, SaysOfFiguresOnlyWhatWasCompared) {
    const std::vector<ComparedDossier> dossiers{{1, "D1", {word(1)}, {word(1)}, {}}};
    const std::vector<PairResult> pairs{reconcile(input_for(records, dossiers))};
    const std::vector<ReconciledFigure> figures = reconciled_figures(pairs, one_percent);
    EXPECT_EQ(figures.size(), 9) << "three indicators of A, S and the total, none of B";
    EXPECT_TRUE(std::ranges::all_of(figures, [](const ReconciledFigure& figure) {
        return figure.fitness == Fitness::Reconciled && figure.unit != "B";
    }));
}

}  // namespace
}  // namespace thidua::rules
