// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/freeze.hpp"

#include "rules/published.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace thidua::rules {
namespace {

Figure figure_of(const std::string& indicator, Fitness fitness, bool has_target = true) {
    Figure figure;
    figure.indicator = indicator;
    figure.fitness = fitness;
    figure.counts = Ratio{9, 20};
    if (has_target) {
        figure.target = Target{};
        figure.verdict = Verdict::Below;
    }
    return figure;
}

UnitStanding unit_of(const std::string& code, int depth, std::vector<Figure> figures) {
    UnitStanding unit;
    unit.code = code;
    unit.name = "Đơn vị " + code;
    unit.depth = depth;
    unit.is_ranked = depth == 1;
    unit.figures = std::move(figures);
    return unit;
}

Campaign two_indicators() {
    Campaign campaign;
    campaign.id = "mau";
    campaign.indicators.resize(2);
    campaign.indicators[0].id = "dossiers-online";
    campaign.indicators[1].id = "payments-online";
    return campaign;
}

Standings standings_of(std::vector<UnitStanding> units) {
    Standings standings;
    standings.units = std::move(units);
    standings.fitness = Fitness::Provisional;
    return standings;
}

TEST(OpenPoints, AreFiguresOfCandidatesThatWereNotReconciled) {
    struct Row {
        std::string name;
        UnitStanding unit;
        std::vector<std::string> unfit;
    };
    const std::string payments = "payments-online";
    const Row rows[] = {
        {"reconciled", unit_of("A", 1, {figure_of(payments, Fitness::Reconciled)}), {}},
        {"final", unit_of("A", 1, {figure_of(payments, Fitness::Final)}), {}},
        {"provisional", unit_of("A", 1, {figure_of(payments, Fitness::Provisional)}), {payments}},
        {"unreconciled", unit_of("A", 1, {figure_of(payments, Fitness::Unreconciled)}), {payments}},
        {"missing, of the root",
         unit_of("A", 0, {figure_of(payments, Fitness::Missing)}),
         {payments}},
        {"without a target", unit_of("A", 1, {figure_of(payments, Fitness::Missing, false)}), {}},
        {"of no candidate", unit_of("A", 2, {figure_of(payments, Fitness::Missing)}), {}},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(open_points(two_indicators(), standings_of({row.unit})).unfit, row.unfit)
            << row.name;
    }
}

TEST(OpenPoints, AreEntriesOfTheRegisterThatNobodyDecidedOn) {
    Campaign campaign = two_indicators();
    campaign.plan.ambiguities = {
        {"mot", "II.1", "trên 45%", "lớn hơn hẳn", "Hội đồng", Day{}},
        {"hai", "IV.2", "vượt", "do Hội đồng quyết định", "", std::nullopt}};
    EXPECT_EQ(open_points(campaign, standings_of({})).undecided, std::vector<std::string>{"hai"});
    campaign.plan.ambiguities[1].decided_by = "Hội đồng";
    EXPECT_TRUE(open_points(campaign, standings_of({})).is_empty());
}

TEST(Closed, MakesReconciledFiguresFinalAndNoOthers) {
    const Standings made = closed(standings_of(
        {unit_of("A", 1, {figure_of("x", Fitness::Reconciled), figure_of("y", Fitness::Missing)})}
    ));
    EXPECT_EQ(made.units[0].figures[0].fitness, Fitness::Final);
    EXPECT_EQ(made.units[0].figures[1].fitness, Fitness::Missing);
    EXPECT_EQ(made.fitness, Fitness::Missing) << "the worst of all";
}

TEST(Closed, WhatNobodyElseTellsOfIsClosedByItsOwnRecordIfTheCampaignSaysSo) {
    struct Row {
        Fitness fitness;
        bool has_no_witness;
        Fitness closed;
    };
    const Row rows[] = {
        {Fitness::Provisional, true, Fitness::Final},
        {Fitness::Provisional, false, Fitness::Provisional},
        {Fitness::Missing, true, Fitness::Missing},
        {Fitness::Unreconciled, true, Fitness::Unreconciled},
    };
    const std::string payments = "payments-online";
    for (const Row& row : rows) {
        Figure figure = figure_of(payments, row.fitness);
        figure.has_no_witness = row.has_no_witness;
        const Standings standings = standings_of({unit_of("A", 1, {figure})});
        EXPECT_EQ(closed(standings).units[0].figures[0].fitness, row.closed);
        const bool is_open = row.closed != Fitness::Final;
        EXPECT_EQ(!open_points(two_indicators(), standings).unfit.empty(), is_open);
    }
}

TEST(Stage, AFinalReportDemandsMoreThanARehearsal) {
    EXPECT_EQ(demanded_at(Stage::Rehearsal), Fitness::Provisional);
    EXPECT_EQ(demanded_at(Stage::Provisional), Fitness::Provisional);
    EXPECT_EQ(demanded_at(Stage::Final), Fitness::Reconciled);
    EXPECT_EQ(demanded_at(Stage::Amendment), Fitness::Reconciled);
}

TEST(Changes, AreCountsVerdictsAndWhatCameOrWent) {
    const PublishedFigure same{"A", "Đơn vị A", "x", Ratio{1, 2}, "below"};
    PublishedFigure renamed = same;
    renamed.unit_name = "Đơn vị A mới";
    const PublishedFigure before{"B", "Đơn vị B", "x", Ratio{1, 2}, "below"};
    const PublishedFigure now{"B", "Đơn vị B", "x", Ratio{2, 2}, "met"};
    const PublishedFigure unknown{"C", "Đơn vị C", "x", std::nullopt, "unknown"};
    const PublishedFigure zero{"C", "Đơn vị C", "x", Ratio{0, 0}, "no-activity"};
    const PublishedFigure gone{"D", "Đơn vị D", "x", Ratio{1, 3}, ""};
    const PublishedFigure come{"E", "Đơn vị E", "x", Ratio{1, 4}, ""};
    const Changes changes = changes_between(
        {{gone, same, before, unknown}, {{"A", "Đơn vị A", "giay-khen", "chờ thẩm định"}}},
        {{renamed, now, zero, come}, {{"A", "Đơn vị A", "giay-khen", "đủ điều kiện"}}}
    );
    const std::vector<Changed<PublishedFigure>> figures{
        {before, now}, {unknown, zero}, {std::nullopt, come}, {gone, std::nullopt}};
    EXPECT_EQ(changes.figures, figures);
    ASSERT_EQ(changes.verdicts.size(), 1U);
    EXPECT_EQ(changes.verdicts[0].now->words, "đủ điều kiện");
    EXPECT_TRUE(changes_between({{same}, {}}, {{renamed}, {}}).is_empty()) << "a name is no figure";
}

TEST(Published, NamesOfVerdictsAndFitnessAreReadAsTheyAreWritten) {
    for (const Verdict verdict :
         {Verdict::Met, Verdict::Below, Verdict::NoActivity, Verdict::Unknown}) {
        EXPECT_EQ(verdict_called(to_text(verdict)), verdict);
    }
    EXPECT_EQ(verdict_called(""), std::nullopt);
    for (const Fitness fitness :
         {Fitness::Final,
          Fitness::Reconciled,
          Fitness::Provisional,
          Fitness::Unreconciled,
          Fitness::Missing}) {
        EXPECT_EQ(fitness_called(to_text(fitness)), fitness);
    }
    EXPECT_EQ(fitness_called("tot"), Fitness::Missing);
}

}  // namespace
}  // namespace thidua::rules
