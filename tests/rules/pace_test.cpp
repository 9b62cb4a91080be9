// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/pace.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <random>

namespace thidua::rules {
namespace {

const Target above_45{"payments-online", TargetOperator::Above, {9, 20}, {}, {}, ""};

struct WeeksLeftCase {
    std::string name;
    std::string day;
    std::int64_t weeks = 0;

    friend void PrintTo(const WeeksLeftCase& row, std::ostream* out) { *out << row.name; }
};

class WeeksLeft : public testing::TestWithParam<WeeksLeftCase> {};

TEST_P(WeeksLeft, AreWholeOnesUntilTheEnd) {
    EXPECT_EQ(weeks_left(*parse_day(GetParam().day), *parse_day("2024-12-31")), GetParam().weeks);
}

INSTANTIATE_TEST_SUITE_P(
    Rows,
    WeeksLeft,
    testing::ValuesIn(std::vector<WeeksLeftCase>{
        {"NineAndAPart", "2024-10-27", 9},
        {"ExactlyOne", "2024-12-24", 1},
        {"SixDays", "2024-12-25", 0},
        {"TheLastDay", "2024-12-31", 0},
        {"After", "2025-01-09", 0},
    }),
    test::case_name<WeeksLeftCase>
);

/// Six weeks alike, and before them what is left of `counts`.
struct Weekly {
    Ratio counts;
    Ratio week;
    std::size_t weeks = 6;
    std::int64_t left = 9;
    IndicatorKind kind = IndicatorKind::PaymentsOnline;

    [[nodiscard]] PaceInput input(const std::vector<Ratio>& all) const {
        PaceInput made{kind, counts, counts, all, left};
        for (const Ratio& one : all) {
            made.before.numerator -= one.numerator;
            made.before.denominator -= one.denominator;
        }
        return made;
    }
};

std::optional<Pace> pace_of(const Weekly& weekly) {
    const std::vector<Ratio> all(weekly.weeks, weekly.week);
    return find_pace(weekly.input(all), above_45);
}

struct PaceCase {
    std::string name;
    Weekly weekly;
    std::optional<Pace> pace;

    friend void PrintTo(const PaceCase& row, std::ostream* out) { *out << row.name; }
};

class PaceOf : public testing::TestWithParam<PaceCase> {};

TEST_P(PaceOf, ComparesWhatIsNeededWithTheLastFourWeeks) {
    EXPECT_EQ(pace_of(GetParam().weekly), GetParam().pace);
}

constexpr auto services = IndicatorKind::ServicesOnline;

// Needed: the least m with (N + m) / (D + V) above 45 %; V = 9 weeks of what one week brought.
const PaceCase pace_cases[] = {
    // (120 + m) / (400 + 180) > 0.45: 142 of 180, 15.8 a week
    {"TooSlow", {{120, 400}, {9, 20}}, Pace{9, 180, 142, 16, 36, PaceVerdict::TooSlow}},
    {"OutOfReach", {{60, 400}, {9, 20}}, Pace{9, 180, 202, 23, 36, PaceVerdict::OutOfReach}},
    // (180 + m) / (400 + 180) > 0.45: 82 of 180, and 9 a week make 81
    {"OneShort", {{180, 400}, {9, 20}}, Pace{9, 180, 82, 10, 36, PaceVerdict::TooSlow}},
    {"JustEnough", {{181, 400}, {9, 20}}, Pace{9, 180, 81, 9, 36, PaceVerdict::Sufficient}},
    {"NothingNeeded", {{380, 400}, {0, 20}}, Pace{9, 180, 0, 0, 0, PaceVerdict::Sufficient}},
    {"ReachedButLosingIt", {{181, 400}, {1, 20}}, Pace{9, 180, 81, 9, 4, PaceVerdict::TooSlow}},
    {"NothingComesAnymore", {{120, 400}, {0, 0}}, Pace{9, 0, 61, 7, 0, PaceVerdict::OutOfReach}},
    {"NothingComesAndReached", {{190, 400}, {0, 0}}, Pace{9, 0, 0, 0, 0, PaceVerdict::Sufficient}},
    {"FiveWeeks", {{120, 400}, {9, 20}, 5}, std::nullopt},
    {"BelowTheFloor", {{9, 29}, {1, 2}}, std::nullopt},
    {"OnTheFloor", {{9, 30}, {1, 2}}, Pace{9, 18, 13, 2, 4, PaceVerdict::TooSlow}},
    {"NoWeekLeft", {{120, 400}, {9, 20}, 6, 0}, std::nullopt},
    {"NoActivity", {{0, 0}, {0, 0}}, std::nullopt},
    {"Services", {{4, 20}, {1, 0}, 6, 9, services}, Pace{9, 16, 6, 1, 4, PaceVerdict::Sufficient}},
    {"ServicesTooSlow",
     {{4, 20}, {1, 0}, 6, 5, services},
     Pace{5, 16, 6, 2, 4, PaceVerdict::TooSlow}},
    {"ServicesBelowTheFloor", {{1, 4}, {0, 0}, 6, 9, services}, std::nullopt},
};

INSTANTIATE_TEST_SUITE_P(Rows, PaceOf, testing::ValuesIn(pace_cases), test::case_name<PaceCase>);

TEST(Increase, IsNeededPerWeekOverDonePerWeekExactly) {
    EXPECT_EQ(increase({9, 180, 142, 16, 36, PaceVerdict::TooSlow}), (Ratio{568, 324}));
    EXPECT_EQ(increase({9, 180, 142, 16, 0, PaceVerdict::TooSlow}), std::nullopt);
}

// Whoever does in each week left what was done in each of the last four reaches the target exactly
// if the verdict says so.
TEST(PaceProperty, SufficesExactlyIfCarryingOnPasses) {
    std::mt19937 random(1);
    const auto below = [&](std::int64_t limit) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(limit));
    };
    int sufficient = 0;
    for (int round = 0; round < 5000; ++round) {
        Weekly weekly;
        const std::int64_t received = 1 + below(40);
        weekly.week = {below(received + 1), received};
        weekly.left = 1 + below(25);
        const std::int64_t before = below(300);
        weekly.counts = {
            6 * weekly.week.numerator + below(before + 1), 6 * weekly.week.denominator + before};
        const auto pace = pace_of(weekly);
        if (!pace) {
            EXPECT_LT(weekly.counts.denominator, pace_dossiers_min);
            continue;
        }
        Ratio at_end = weekly.counts;
        for (std::int64_t week = 0; week < weekly.left; ++week) {
            at_end += weekly.week;
        }
        const bool passes = compare(at_end, above_45.value) > 0;
        EXPECT_EQ(pace->verdict == PaceVerdict::Sufficient, passes);
        sufficient += passes ? 1 : 0;
    }
    EXPECT_GT(sufficient, 1000);
    EXPECT_LT(sufficient, 4000);
}

TEST(Forecast, IsExactWhereEveryWeekIsAlike) {
    const Weekly weekly{{60, 200}, {10, 20}};
    const std::vector<Ratio> all(8, weekly.week);
    const auto made = forecast(weekly.input(all));
    ASSERT_TRUE(made);
    EXPECT_TRUE(compare(made->at_end, Ratio{60 + 90, 200 + 180}) == 0);
    EXPECT_EQ(made->error, 0);
    EXPECT_EQ(made->tries, 4);
}

TEST(Forecast, TellsHowFarEarlierOnesWereOff) {
    // After four weeks 0 of 40, so 0 of 60 after six; after five 10 of 50, of which the last four
    // say 10 of 40 more in four weeks: 12.5 of 60. It became 20 of 60.
    const std::vector<Ratio> weeks{{0, 10}, {0, 10}, {0, 10}, {0, 10}, {10, 10}, {10, 10}};
    const Weekly weekly{{20, 60}, {}, 6, 2};
    const auto made = forecast(weekly.input(weeks));
    ASSERT_TRUE(made);
    EXPECT_EQ(made->tries, 2);
    // 3333.3 and 1250 hundredths of a point, each rounded up; their mean too.
    EXPECT_EQ(made->error, (3334 + 1250 + 1) / 2);
    EXPECT_TRUE(compare(made->at_end, Ratio{20 + 10, 60 + 20}) == 0);
}

TEST(Forecast, IsHiddenWithThePaceAndWhereThereIsNothingToTryItOn) {
    const Weekly few{{20, 60}, {5, 10}, 5};
    EXPECT_EQ(forecast(few.input(std::vector<Ratio>(5, few.week))), std::nullopt);
    const Weekly offered{{4, 20}, {1, 0}, 6, 9, services};
    EXPECT_EQ(forecast(offered.input(std::vector<Ratio>(6, offered.week))), std::nullopt);
}

}  // namespace
}  // namespace thidua::rules
