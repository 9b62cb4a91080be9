// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/standings.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <map>

namespace thidua::rules {
namespace {

Target above(Share value) {
    Target target;
    target.indicator = "payments-online";
    target.value = value;
    return target;
}

struct AssessCase {
    std::string name;
    std::optional<Ratio> counts;
    TargetOperator op;
    Verdict verdict;

    friend void PrintTo(const AssessCase& row, std::ostream* out) { *out << row.name; }
};

class Assess : public testing::TestWithParam<AssessCase> {};

TEST_P(Assess, GivesTheVerdict) {
    Target target = above({9, 20});
    target.op = GetParam().op;
    EXPECT_EQ(assess(GetParam().counts, target), GetParam().verdict);
}

INSTANTIATE_TEST_SUITE_P(
    Target45,
    Assess,
    testing::ValuesIn(std::vector<AssessCase>{
        {"Exactly45Of100IsNotAbove", Ratio{45, 100}, TargetOperator::Above, Verdict::Below},
        {"46Of100IsAbove", Ratio{46, 100}, TargetOperator::Above, Verdict::Met},
        {"Exactly45Of100IsAtLeast", Ratio{45, 100}, TargetOperator::AtLeast, Verdict::Met},
        {"44Of100IsNotAtLeast", Ratio{44, 100}, TargetOperator::AtLeast, Verdict::Below},
        {"SameShareOfAnotherWhole", Ratio{9, 20}, TargetOperator::Above, Verdict::Below},
        {"WouldRoundTo45", Ratio{44'996, 100'000}, TargetOperator::Above, Verdict::Below},
        {"JustAbove", Ratio{450'001, 1'000'000}, TargetOperator::Above, Verdict::Met},
        {"NothingHappened", Ratio{0, 0}, TargetOperator::Above, Verdict::NoActivity},
        {"NothingHappenedAtLeast", Ratio{0, 0}, TargetOperator::AtLeast, Verdict::NoActivity},
        {"NobodyAnswered", std::nullopt, TargetOperator::Above, Verdict::Unknown},
    }),
    test::case_name<AssessCase>
);

class Measure : public testing::Test {
  protected:
    Measure() {
        campaign_.id = "c";
        campaign_.start = *parse_day("2024-06-07");
        campaign_.end = *parse_day("2024-12-31");
        Indicator payments;
        payments.id = "payments-online";
        payments.kind = IndicatorKind::PaymentsOnline;
        payments.system_of_record = "tthc";
        payments.payment_record = "platform";
        campaign_.indicators = {payments};
        campaign_.targets = {above({9, 20})};
        procedures_ = {{"p", "", {}, {}, {{campaign_.start, true}}}};
        sources_ = {fresh("tthc"), fresh("platform")};
    }

    static SourceStatus fresh(std::string name) {
        SourceStatus status;
        status.name = std::move(name);
        status.state = SourceStatus::State::Fresh;
        status.past_limit = false;
        return status;
    }

    /// Direct children of the root, each with its counts.
    Standings measure_units(const std::map<std::string, Ratio>& units) {
        std::vector<Unit> tree{{"S", "Sở", std::nullopt, {}}};
        std::vector<Tally> tallies;
        for (const auto& [code, counts] : units) {
            tree.push_back({code, code, "S", {}});
            tallies.push_back(
                {campaign_.start,
                 code,
                 "p",
                 counts.denominator,
                 0,
                 counts.denominator,
                 counts.numerator}
            );
        }
        organisation_ = *Organisation::create(tree);
        const std::vector<IndicatorTallies> all{{"payments-online", tallies}};
        return measure(
            {campaign_,
             organisation_,
             procedures_,
             all,
             sources_,
             *parse_day("2024-10-18"),
             {},
             0,
             needed_by_all_,
             reconciled_}
        );
    }

    static const UnitStanding& unit(const Standings& standings, const std::string& code) {
        for (const UnitStanding& standing : standings.units) {
            if (standing.code == code) {
                return standing;
            }
        }
        throw std::runtime_error("no unit " + code);
    }

    Campaign campaign_;
    Organisation organisation_;
    std::vector<Procedure> procedures_;
    std::vector<SourceStatus> sources_;
    std::vector<std::string> needed_by_all_;
    std::vector<ReconciledFigure> reconciled_;
};

TEST_F(Measure, OfSeveralComparisonsTheWorstCounts) {
    const std::string id = "payments-online";
    reconciled_ = {
        {id, "a", Fitness::Reconciled},
        {id, "b", Fitness::Reconciled},
        {id, "b", Fitness::Unreconciled},
        {id, "c", Fitness::Provisional},
        {id, "c", Fitness::Reconciled},
        {"another", "d", Fitness::Unreconciled},
        {id, "total", Fitness::Reconciled}};
    const auto measured = [&] {
        return measure_units({{"a", {9, 10}}, {"b", {5, 10}}, {"c", {1, 10}}, {"d", {1, 10}}});
    };
    const Standings standings = measured();
    EXPECT_EQ(unit(standings, "a").figures[0].fitness, Fitness::Reconciled);
    EXPECT_EQ(unit(standings, "b").figures[0].fitness, Fitness::Unreconciled);
    EXPECT_EQ(unit(standings, "c").figures[0].fitness, Fitness::Provisional);
    EXPECT_EQ(unit(standings, "d").figures[0].fitness, Fitness::Provisional);
    EXPECT_EQ(standings.total.figures[0].fitness, Fitness::Reconciled);
    EXPECT_EQ(standings.fitness, Fitness::Unreconciled) << "what is not fit comes first";
    reconciled_[2].fitness = Fitness::Reconciled;
    EXPECT_EQ(measured().fitness, Fitness::Reconciled);
    sources_.front().past_limit = true;
    EXPECT_EQ(unit(measured(), "a").figures[0].fitness, Fitness::Missing);
    EXPECT_EQ(measured().fitness, Fitness::Missing);
}

TEST_F(Measure, WithoutTheCatalogueThatSaysWhatThereIsNothingIsKnown) {
    needed_by_all_ = {"catalogue"};
    const auto figure = [&] { return unit(measure_units({{"a", {0, 0}}}), "a").figures[0]; };
    EXPECT_EQ(figure().verdict, Verdict::Unknown) << "and not without activity";
    sources_.push_back(fresh("catalogue"));
    EXPECT_EQ(figure().verdict, Verdict::NoActivity);
    EXPECT_EQ(figure().fitness, Fitness::Provisional);
    sources_.back().past_limit = true;
    EXPECT_EQ(figure().fitness, Fitness::Missing);
}

TEST_F(Measure, RanksOneTwoTwoFourAndLeavesOutWhoHasNoActivity) {
    const Standings standings = measure_units(
        {{"a", {9, 10}}, {"b", {5, 10}}, {"c", {10, 20}}, {"d", {1, 10}}, {"e", {0, 0}}}
    );
    EXPECT_EQ(unit(standings, "a").figures[0].rank, 1);
    EXPECT_EQ(unit(standings, "b").figures[0].rank, 2);
    EXPECT_EQ(unit(standings, "c").figures[0].rank, 2);
    EXPECT_EQ(unit(standings, "d").figures[0].rank, 4);
    EXPECT_EQ(unit(standings, "e").figures[0].rank, std::nullopt);
    EXPECT_EQ(unit(standings, "a").rank, 1);
    EXPECT_EQ(unit(standings, "b").rank, 2);
    EXPECT_EQ(unit(standings, "c").rank, 2);
    EXPECT_EQ(unit(standings, "d").rank, 4);
    EXPECT_EQ(unit(standings, "e").rank, 5);
    EXPECT_EQ(unit(standings, "S").rank, std::nullopt);
}

TEST_F(Measure, ASourceThatNeverAnsweredMakesTheFigureUnknownAndNotZero) {
    sources_[1].state = SourceStatus::State::Never;
    sources_[1].past_limit = true;
    const Standings standings = measure_units({{"a", {9, 10}}});
    const Figure& figure = unit(standings, "a").figures[0];
    EXPECT_EQ(figure.counts, std::nullopt);
    EXPECT_EQ(figure.verdict, Verdict::Unknown);
    EXPECT_EQ(figure.fitness, Fitness::Missing);
    EXPECT_EQ(figure.rank, std::nullopt);
    EXPECT_EQ(figure.convert, std::nullopt);
    EXPECT_EQ(unit(standings, "a").rank, std::nullopt);
    EXPECT_EQ(standings.fitness, Fitness::Missing);
}

TEST_F(Measure, AStaleSourceKeepsItsCountsAndMarksThem) {
    sources_[0].state = SourceStatus::State::Stale;
    sources_[0].past_limit = true;
    const Figure figure = unit(measure_units({{"a", {9, 10}}}), "a").figures[0];
    EXPECT_EQ(figure.counts, (Ratio{9, 10}));
    EXPECT_EQ(figure.verdict, Verdict::Met);
    EXPECT_EQ(figure.fitness, Fitness::Missing);
}

TEST_F(Measure, AnIndicatorWithoutATargetHasNoVerdictAndNoGap) {
    campaign_.targets.clear();
    const Figure figure = unit(measure_units({{"a", {9, 10}}}), "a").figures[0];
    EXPECT_EQ(figure.verdict, std::nullopt);
    EXPECT_EQ(figure.target, std::nullopt);
    EXPECT_EQ(figure.convert, std::nullopt);
    EXPECT_EQ(figure.new_all_online, std::nullopt);
    EXPECT_EQ(figure.rank, 1);
}

TEST_F(Measure, ATargetHoldsOnlyBetweenItsDays) {
    campaign_.targets[0].to = *parse_day("2024-10-17");
    EXPECT_EQ(unit(measure_units({{"a", {9, 10}}}), "a").figures[0].target, std::nullopt);
}

TEST_F(Measure, AUnitsOwnTargetCountsBeforeTheGeneralOneAndForNobodyBelowOrAbove) {
    Target own = above({4, 5});
    own.units = {"a"};
    campaign_.targets.push_back(own);
    const auto standings = [&] { return measure_units({{"a", {6, 10}}, {"b", {6, 10}}}); };
    const Figure figure = unit(standings(), "a").figures[0];
    EXPECT_EQ(figure.target, own);
    EXPECT_EQ(figure.verdict, Verdict::Below);
    EXPECT_EQ(figure.convert, 3);
    EXPECT_EQ(unit(standings(), "b").figures[0].verdict, Verdict::Met);
    EXPECT_EQ(unit(standings(), "b").rank, 1) << "a target met more";
    EXPECT_EQ(unit(standings(), "a").rank, 2);
    EXPECT_EQ(standings().total.figures[0].verdict, Verdict::Met);
    campaign_.targets[1].units = {"S"};
    EXPECT_EQ(unit(standings(), "S").figures[0].verdict, Verdict::Below);
    EXPECT_EQ(unit(standings(), "a").figures[0].verdict, Verdict::Met);
    EXPECT_EQ(standings().total.figures[0].verdict, Verdict::Below) << "the whole is the root's";
}

TEST_F(Measure, FigureIdsAreStableAndDiffer) {
    const Standings first = measure_units({{"a", {9, 10}}, {"b", {1, 10}}});
    const Standings again = measure_units({{"a", {9, 10}}, {"b", {1, 10}}});
    EXPECT_EQ(first, again);
    EXPECT_NE(unit(first, "a").figures[0].id, unit(first, "b").figures[0].id);
}

}  // namespace
}  // namespace thidua::rules
