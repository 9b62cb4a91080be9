// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Weeks that stand out: what is on a threshold does not, and what cannot be tested is not "none".
#include "rules/irregularity.hpp"

#include "core/unit_history.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace thidua::rules {
namespace {

const Day first_monday = *parse_day("2024-06-10");

/// `found` weeks (from 0) that stand out; nothing: not tested.
struct StandOutCase {
    std::string name;
    WeekTest test;
    std::vector<Ratio> weeks;
    std::optional<std::vector<int>> found;

    friend void PrintTo(const StandOutCase& row, std::ostream* out) { *out << row.name; }
};

/// `count` weeks of `usual`, then `rest`.
std::vector<Ratio> after(int count, Ratio usual, std::vector<Ratio> rest) {
    rest.insert(rest.begin(), static_cast<std::size_t>(count), usual);
    return rest;
}

class WeeksThatStandOut : public testing::TestWithParam<StandOutCase> {};

TEST_P(WeeksThatStandOut, AreFound) {
    const StandOutCase& row = GetParam();
    const auto found = find_irregularities(row.test, {first_monday, row.weeks});
    ASSERT_EQ(found.has_value(), row.found.has_value());
    if (!found) {
        return;
    }
    std::vector<int> places;
    for (const Irregularity& one : *found) {
        places.push_back(static_cast<int>((one.from - first_monday) / std::chrono::weeks{1}));
        const int weeks = row.test == WeekTest::EndOfPeriod ? 4 : 1;
        EXPECT_EQ(one.to - one.from, std::chrono::days{weeks * 7 - 1});
    }
    EXPECT_EQ(places, *row.found);
}

using Places = std::vector<int>;

const StandOutCase stand_out_cases[] = {
    // A week's cases, the denominators.
    {"ThriceIsNotMoreThanThrice", WeekTest::Volume, after(6, {0, 100}, {{0, 300}}), Places{}},
    {"OneMoreThanThrice", WeekTest::Volume, after(6, {0, 100}, {{0, 301}}), Places{6}},
    {"ThriceAMedianBetweenTwoCounts",
     WeekTest::Volume,
     {{0, 10}, {0, 10}, {0, 100}, {0, 101}, {0, 200}, {0, 200}, {0, 301}},  // 3 * 100.5 = 301.5
     Places{}},
    {"MoreThanThriceAMedianBetweenTwoCounts",
     WeekTest::Volume,
     {{0, 10}, {0, 10}, {0, 100}, {0, 101}, {0, 200}, {0, 200}, {0, 302}},
     Places{6}},
    {"TwentyNineMoreAreFew", WeekTest::Volume, after(6, {0, 2}, {{0, 31}}), Places{}},
    {"ThirtyMoreAreEnough", WeekTest::Volume, after(6, {0, 2}, {{0, 32}}), Places{6}},
    {"FiveWeeksBeforeAreTooFew", WeekTest::Volume, after(5, {0, 100}, {{0, 900}}), std::nullopt},
    {"NoWeekIsLeftToTest", WeekTest::Volume, after(6, {0, 100}, {}), std::nullopt},
    {"NoWeeks", WeekTest::Volume, {}, std::nullopt},
    {"NothingEver", WeekTest::Volume, after(30, {0, 0}, {}), std::nullopt},
    {"OnlyLaterWeeksAreTested",
     WeekTest::Volume,
     after(5, {0, 1}, {{0, 900}, {0, 1}, {0, 1}}),
     Places{}},
    {"WeeksBeforeTheFirstCaseAreNoPast",
     WeekTest::Volume,
     after(9, {0, 0}, {{0, 50}, {0, 50}, {0, 50}, {0, 50}, {0, 50}}),
     std::nullopt},
    {"EmptyWeeksInBetweenCount",
     WeekTest::Volume,
     {{0, 40}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 40}, {0, 40}},  // the median is 0
     Places{6}},
    {"AnOutlierBeforeDoesNotMoveTheMedian",
     WeekTest::Volume,
     after(6, {0, 100}, {{0, 400}, {0, 100}, {0, 400}}),
     Places{6, 8}},
    {"AWeekWithoutAnythingIsNotTold", WeekTest::Volume, after(8, {0, 100}, {{0, 0}}), Places{}},
    // A week's share.
    {"TwentyPointsAreNotMoreThanTwenty",
     WeekTest::Share,
     after(6, {40, 100}, {{60, 100}}),
     Places{}},
    {"JustMoreThanTwentyPoints", WeekTest::Share, after(6, {40, 100}, {{601, 1000}}), Places{6}},
    {"TheHighestWeekBeforeCounts",
     WeekTest::Share,
     {{40, 100}, {40, 100}, {55, 100}, {40, 100}, {40, 100}, {40, 100}, {75, 100}},
     Places{}},
    {"ASlowRiseIsNoJump",
     WeekTest::Share,
     {{10, 50}, {13, 50}, {16, 50}, {20, 50}, {24, 50}, {28, 50}, {33, 50}, {40, 50}, {48, 50}},
     Places{}},
    {"AFallIsNotTold", WeekTest::Share, after(8, {90, 100}, {{1, 100}}), Places{}},
    {"WeeksOfFewCasesAreNeitherTestedNorCompared",
     WeekTest::Share,
     {{29, 29}, {4, 40}, {4, 40}, {4, 40}, {4, 40}, {4, 40}, {4, 40}, {29, 29}, {30, 30}},
     Places{8}},
    {"TooFewWeeksWithEnoughCases", WeekTest::Share, after(20, {10, 29}, {{30, 30}}), std::nullopt},
    // The hits of the last four weeks.
    {"TwiceIsNotMoreThanTwice",
     WeekTest::EndOfPeriod,
     after(6, {10, 99}, {{20, 99}, {20, 99}, {20, 99}, {20, 99}}),
     Places{}},
    {"OneMoreThanTwice",
     WeekTest::EndOfPeriod,
     after(6, {10, 99}, {{20, 99}, {20, 99}, {20, 99}, {21, 99}}),
     Places{6}},
    {"TwentyNineMoreHitsAreFew",
     WeekTest::EndOfPeriod,
     after(6, {1, 99}, {{0, 99}, {0, 99}, {0, 99}, {33, 99}}),
     Places{}},
    {"ThirtyMoreHitsAreEnough",
     WeekTest::EndOfPeriod,
     after(6, {1, 99}, {{0, 99}, {0, 99}, {0, 99}, {34, 99}}),
     Places{6}},
    {"NineWeeksAreTooFew",
     WeekTest::EndOfPeriod,
     after(5, {1, 99}, {{90, 99}, {90, 99}, {90, 99}, {90, 99}}),
     std::nullopt},
    {"CasesWithoutHitsAreAPast",
     WeekTest::EndOfPeriod,
     after(6, {0, 99}, {{10, 99}, {10, 99}, {10, 99}, {0, 99}}),
     Places{6}},
};

INSTANTIATE_TEST_SUITE_P(Rows, WeeksThatStandOut, testing::ValuesIn(stand_out_cases), test::case_name<StandOutCase>);

TEST(Irregularity, CarriesWhatAnybodyNeedsToCheckIt) {
    const auto volume = find_irregularities(
        WeekTest::Volume,
        {first_monday, std::vector<Ratio>{{1, 4}, {1, 9}, {1, 3}, {1, 6}, {1, 5}, {1, 6}, {9, 80}}}
    );
    Irregularity wanted;
    wanted.from = *parse_day("2024-07-22");
    wanted.to = *parse_day("2024-07-28");
    wanted.found = {80, 1};
    wanted.usual = {11, 2};
    wanted.weeks_before = 6;
    EXPECT_EQ(volume, std::vector{wanted});
    const auto share = find_irregularities(
        WeekTest::Share, {first_monday, after(7, {20, 40}, {{9, 10}, {40, 50}})}
    );
    wanted.from = *parse_day("2024-08-05");
    wanted.to = *parse_day("2024-08-11");
    wanted.found = {40, 50};
    wanted.usual = {20, 40};
    wanted.weeks_before = 7;
    EXPECT_EQ(share, std::vector{wanted});
    const auto end = find_irregularities(
        WeekTest::EndOfPeriod,
        {first_monday, after(8, {5, 40}, {{20, 40}, {20, 40}, {20, 40}, {20, 40}})}
    );
    wanted.to = *parse_day("2024-09-01");
    wanted.found = {80, 1};
    wanted.usual = {5, 1};
    wanted.weeks_before = 8;
    wanted.in_all = 120;
    EXPECT_EQ(end, std::vector{wanted});
}

/// An agency whose unit S.9 was merged into S.1 in the midst of the campaign, from Friday 07/06 to
/// Tuesday 20/08/2024: ten complete weeks.
class TestWeeks : public testing::Test {
  protected:
    TestWeeks() {
        campaign_.id = "c";
        campaign_.start = *parse_day("2024-06-07");
        campaign_.end = *parse_day("2024-08-20");
        for (const auto kind : {IndicatorKind::ServicesOnline, IndicatorKind::DossiersOnline}) {
            Indicator indicator;
            indicator.id = std::string(to_text(kind));
            indicator.kind = kind;
            indicator.system_of_record = "tthc";
            campaign_.indicators.push_back(indicator);
        }
        SourceStatus source;
        source.name = "tthc";
        source.state = SourceStatus::State::Fresh;
        source.past_limit = false;
        sources_ = {source};
        procedures_ = {{"p", "", {"S.1"}, {{campaign_.start, Level::Full}}, {}}};
        units_ = {unit("S"), unit("S.1"), unit("S.2"), unit("S.9")};
        units_[3].days.until = *parse_day("2024-07-14");
        units_[3].merged_into = "S.1";
    }

    static DatedUnit unit(const std::string& code) {
        DatedUnit made;
        made.code = code;
        made.name = "Đơn vị " + code;
        if (code != "S") {
            made.parent = "S";
        }
        return made;
    }

    /// `received` in each week from the one of `monday` on.
    void add(const std::string& unit, const std::string& monday, std::vector<int> received) {
        Day day = *parse_day(monday);
        for (const int count : received) {
            tallies_.push_back({day, unit, "p", count, 0, 0, 0});
            day += std::chrono::weeks{1};
        }
    }

    WeeksTested tested() {
        const Organisation organisation = *organisation_on(units_, campaign_.end);
        std::vector<IndicatorTallies> each;
        for (const Indicator& indicator : campaign_.indicators) {
            each.push_back({indicator.id, tallies_});
        }
        const StandingsInput input{
            campaign_, organisation, procedures_, each, sources_, campaign_.end, {}};
        return test_weeks(input, measure(input));
    }

    /// What was found of the cases of a unit.
    static std::optional<std::vector<Irregularity>> volumes(
        const WeeksTested& tested, const std::string& unit
    ) {
        const auto place = std::ranges::find(tested.units, unit, &UnitTested::code);
        return place->figures.front().found;
    }

    Campaign campaign_;
    std::vector<DatedUnit> units_;
    std::vector<Procedure> procedures_;
    std::vector<SourceStatus> sources_;
    std::vector<Tally> tallies_;
};

TEST_F(TestWeeks, NeverComparesThePartOfAWeekAtEitherEnd) {
    add("S.1", "2024-06-10", std::vector<int>(10, 50));
    tallies_.push_back({campaign_.start, "S.1", "p", 5000, 0, 0, 0});           // Friday to Sunday
    tallies_.push_back({*parse_day("2024-08-19"), "S.1", "p", 5000, 0, 0, 0});  // Monday, Tuesday
    const WeeksTested told = tested();
    EXPECT_EQ(told.weeks, 10U);
    EXPECT_EQ(volumes(told, "S.1"), std::vector<Irregularity>{});
}

TEST_F(TestWeeks, GivesAnHeirTheWeeksOfTheUnitThatWasMergedIntoIt) {
    add("S.9", "2024-06-10", {90, 90, 90, 90, 90});
    add("S.1", "2024-06-10", {10, 10, 10, 10, 10, 100, 100, 100, 100, 100});
    EXPECT_EQ(volumes(tested(), "S.1"), std::vector<Irregularity>{})
        << "100 a week all along: 10 + 90, then 100";
    tallies_.back().received = 301;
    ASSERT_EQ(volumes(tested(), "S.1")->size(), 1U);
    EXPECT_EQ(volumes(tested(), "S.1")->front().usual, (Ratio{100, 1}));
}

TEST_F(TestWeeks, DoesNotTestAUnitWithoutEnoughWeeksOfItsOwn) {
    add("S.1", "2024-06-10", std::vector<int>(10, 50));
    add("S.2", "2024-07-15", {1, 1, 1, 1, 900});
    const WeeksTested told = tested();
    EXPECT_EQ(volumes(told, "S.2"), std::nullopt);
    EXPECT_NE(volumes(told, "S.1"), std::nullopt);
}

TEST_F(TestWeeks, DoesNotTestAFigureThatIsNotFit) {
    add("S.1", "2024-06-10", {1, 1, 1, 1, 1, 1, 1, 1, 1, 900});
    sources_.front().past_limit = true;
    EXPECT_EQ(volumes(tested(), "S.1"), std::nullopt);
}

TEST_F(TestWeeks, ListsWhoCanBeCommendedByRankAndTheRootLast) {
    for (const char* unit : {"S.1", "S.2"}) {
        add(unit, "2024-06-10", std::vector<int>(10, 50));
    }
    tallies_.back().online = 50;  // S.2 is ahead
    campaign_.targets.push_back({"dossiers-online", TargetOperator::Above, {1, 100}, {}, {}, ""});
    std::vector<std::string> codes;
    for (const UnitTested& unit : tested().units) {
        codes.push_back(unit.code);
        EXPECT_EQ(unit.figures.size(), 3U) << "services are not tested";
    }
    EXPECT_EQ(codes, (std::vector<std::string>{"S.2", "S.1", "S"}));
}

}  // namespace
}  // namespace thidua::rules
