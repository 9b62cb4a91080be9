// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Where a gap lies: weeks and procedures of figures, by random agencies and by a small one.
#include "rules/actions.hpp"

#include "rules/places.hpp"
#include "tests/rules/made.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace thidua::rules {
namespace {

constexpr std::uint32_t seeds = 60;

/// Every Monday and every day that makes a difference.
std::vector<Tally> by_week(const Made& made) {
    std::vector<Day> breaks = days_of_change(made.procedures);
    for (Day day = made.campaign.start; day <= made.campaign.end; day += std::chrono::days{1}) {
        if (monday_of(week_of(day)) == day) {
            breaks.push_back(day);
        }
    }
    return summed(made, breaks);
}

Ratio sum_of_parts(const Breakdown& figure) {
    Ratio sum;
    for (const ProcedurePart& part : figure.parts) {
        sum += part.counts;
    }
    return sum;
}

/// What the days before the first complete week, and each complete week, hold by themselves.
Ratio counted_between(const Made& made, std::size_t indicator, Day from, Day last) {
    std::vector<Tally> within;
    for (const Tally& tally : made.tallies) {
        if (tally.day >= from && tally.day <= last) {
            within.push_back(tally);
        }
    }
    return *made.standings(within).total.figures[indicator].counts;
}

TEST(BreakDown, AddsUpToTheFigureWeekByWeekAndProcedureByProcedure) {
    for (std::uint32_t seed = 0; seed < seeds; ++seed) {
        SCOPED_TRACE(seed);
        const Made made(seed, 50);
        const std::vector<Tally> tallies = by_week(made);
        std::vector<IndicatorTallies> each;
        const StandingsInput input = made.input(tallies, each);
        const Standings standings = measure(input);
        const CompleteWeeks weeks = complete_weeks(made.campaign.start, made.campaign.end);
        Places places(input);
        for (std::size_t at = 0; at < made.campaign.indicators.size(); ++at) {
            const Indicator& indicator = made.campaign.indicators[at];
            const auto figures = break_down(
                indicator, places.catalogue(), places.of(indicator.id), weeks, made.as_of
            );
            for (const UnitStanding& unit : standings.units) {
                const Breakdown& figure = figures[*made.organisation.find(unit.code)];
                EXPECT_EQ(sum_of_parts(figure), unit.figures[at].counts) << indicator.id;
            }
            EXPECT_EQ(sum_of_parts(figures.back()), standings.total.figures[at].counts);
            if (indicator.kind == IndicatorKind::ServicesOnline) {
                continue;
            }
            const Day before_first = weeks.first - std::chrono::days{1};
            EXPECT_EQ(
                figures.back().before, counted_between(made, at, made.campaign.start, before_first)
            );
            ASSERT_EQ(figures.back().weeks.size(), weeks.count);
            for (std::size_t week = 0; week < weeks.count; ++week) {
                const Day monday = weeks.first + std::chrono::weeks{week};
                const Day sunday = monday + std::chrono::days{6};
                EXPECT_EQ(figures.back().weeks[week], counted_between(made, at, monday, sunday));
            }
        }
    }
}

struct WeeksCase {
    std::string name;
    std::string start;
    std::string last;
    std::string first_monday;
    std::size_t count = 0;

    friend void PrintTo(const WeeksCase& row, std::ostream* out) { *out << row.name; }
};

class Weeks : public testing::TestWithParam<WeeksCase> {};

TEST_P(Weeks, AreCompleteFromMondayToSunday) {
    const WeeksCase& row = GetParam();
    const CompleteWeeks weeks = complete_weeks(*parse_day(row.start), *parse_day(row.last));
    EXPECT_EQ(weeks.count, row.count);
    EXPECT_EQ(thidua::to_text(weeks.first), row.first_monday);
    EXPECT_EQ(weeks.find(weeks.first - std::chrono::days{1}), weeks.count);
    EXPECT_EQ(weeks.find(weeks.first + std::chrono::weeks{weeks.count}), weeks.count);
    for (std::size_t week = 0; week < weeks.count; ++week) {
        EXPECT_EQ(weeks.find(weeks.first + std::chrono::weeks{week}), week);
        EXPECT_EQ(weeks.find(weeks.first + std::chrono::days{7 * week + 6}), week);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Rows,
    Weeks,
    testing::ValuesIn(std::vector<WeeksCase>{
        {"StartOnFriday", "2024-06-07", "2024-06-23", "2024-06-10", 2},
        {"StartOnMonday", "2024-06-10", "2024-06-23", "2024-06-10", 2},
        {"LastSaturdayIsNoWeek", "2024-06-10", "2024-06-22", "2024-06-10", 1},
        {"NoneYet", "2024-06-07", "2024-06-15", "2024-06-10", 0},
        {"TheFirstDay", "2024-06-07", "2024-06-07", "2024-06-10", 0},
        {"AcrossTheYear", "2024-12-23", "2025-01-05", "2024-12-23", 2},
    }),
    test::case_name<WeeksCase>
);

/// A root with two units, three months of the campaign, and one indicator of each kind.
class Small : public testing::Test {
  protected:
    Small() {
        campaign_.id = "c";
        campaign_.start = start_;
        campaign_.end = *parse_day("2024-09-01");
        for (const auto kind : {IndicatorKind::ServicesOnline, IndicatorKind::DossiersOnline}) {
            Indicator indicator;
            indicator.id = std::string(to_text(kind));
            indicator.kind = kind;
            indicator.system_of_record = "tthc";
            campaign_.indicators.push_back(indicator);
            campaign_.targets.push_back({indicator.id, TargetOperator::Above, {9, 10}, {}, {}, ""});
        }
        organisation_ = *Organisation::create(
            {{"S", "Sở", std::nullopt, {}}, {"S.1", "Một", "S", {}}, {"S.2", "Hai", "S", {}}}
        );
        SourceStatus source;
        source.name = "tthc";
        source.state = SourceStatus::State::Fresh;
        source.past_limit = false;
        sources_ = {source};
    }

    void add_procedure(const std::string& code) {
        procedures_.push_back({code, "", {"S.1"}, {{start_, Level::Full}}, {}});
    }

    void add(const std::string& procedure, std::int64_t received, std::int64_t online) {
        tallies_.push_back({start_, "S.1", procedure, received, online, 0, 0});
    }

    Actions actions() {
        std::vector<IndicatorTallies> each;
        for (const Indicator& indicator : campaign_.indicators) {
            each.push_back({indicator.id, tallies_});
        }
        const StandingsInput input{
            campaign_, organisation_, procedures_, each, sources_, as_of_, {}};
        return find_actions(input, measure(input));
    }

    const Day start_ = *parse_day("2024-06-03");
    Day as_of_ = *parse_day("2024-06-30");
    Campaign campaign_;
    Organisation organisation_;
    std::vector<Procedure> procedures_;
    std::vector<SourceStatus> sources_;
    std::vector<Tally> tallies_;
};

TEST_F(Small, NamesTheFiveProceduresThatMissMostAndWhatTheyStandFor) {
    const std::int64_t missed[] = {3, 40, 7, 40, 1, 0, 9};
    for (std::size_t at = 0; at < std::size(missed); ++at) {
        const std::string code = "p" + std::to_string(at);
        add_procedure(code);
        add(code, missed[at] + 2, 2);
    }
    const FigureActions dossiers = actions().units[1][1];
    EXPECT_EQ(dossiers.missed, 100);
    EXPECT_EQ(
        dossiers.causes,
        (std::vector<Cause>{{1, 40, 42}, {3, 40, 42}, {6, 9, 11}, {2, 7, 9}, {0, 3, 5}})
    );
    EXPECT_EQ(actions().total[1].causes, dossiers.causes);
    EXPECT_TRUE(actions().units[2][1].causes.empty()) << "a unit without a dossier";
}

TEST_F(Small, NamesServicesWithDirectDossiersByVolumeThenThoseWithoutAny) {
    for (const char* code : {"none-b", "few", "done", "many", "none-a"}) {
        add_procedure(code);
    }
    add("few", 2, 0);
    add("done", 50, 1);
    add("many", 30, 0);
    const FigureActions services = actions().units[1][0];
    EXPECT_EQ(services.missed, 4);
    EXPECT_EQ(services.causes, (std::vector<Cause>{{3, 1, 30}, {1, 1, 2}, {4, 1, 0}, {0, 1, 0}}));
    EXPECT_EQ(services.expected, std::nullopt) << "the number of procedures is fixed";
}

TEST_F(Small, ExpectsAQuarterOfTheLastFourCompleteWeeksForEachWholeWeekLeft) {
    add_procedure("p");
    add("p", 41, 10);
    const Actions found = actions();
    EXPECT_EQ(found.complete_weeks, 4U);
    EXPECT_EQ(found.weeks_left, 9);
    ASSERT_TRUE(found.units[1][1].expected);
    EXPECT_EQ(found.units[1][1].expected->volume, 92) << "41 * 9 / 4 = 92.25";
    as_of_ -= std::chrono::days{1};
    EXPECT_EQ(actions().units[1][1].expected, std::nullopt) << "three complete weeks";
}

TEST_F(Small, SaysNothingOfATargetThatIsReachedOrMissing) {
    add_procedure("p");
    add("p", 40, 40);
    EXPECT_TRUE(actions().units[1][1].causes.empty());
    EXPECT_EQ(actions().units[1][1].missed, 0);
    campaign_.targets.clear();
    add("p", 40, 0);
    EXPECT_TRUE(actions().units[1][1].causes.empty());
    EXPECT_EQ(actions().units[1][1].expected, std::nullopt);
}

}  // namespace
}  // namespace thidua::rules
