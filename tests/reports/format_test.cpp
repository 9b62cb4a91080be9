// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/format.hpp"

#include "rules/standings.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace thidua::reports {
namespace {

const Target above_45{"payments-online", TargetOperator::Above, {9, 20}, {}, {}, ""};
const Target from_45{"payments-online", TargetOperator::AtLeast, {9, 20}, {}, {}, ""};

TEST(FormatCount, GroupsThousandsWithPoints) {
    EXPECT_EQ(format_count(0), "0");
    EXPECT_EQ(format_count(999), "999");
    EXPECT_EQ(format_count(1'000), "1.000");
    EXPECT_EQ(format_count(1'234'567), "1.234.567");
    EXPECT_EQ(format_count(-1'234), "-1.234");
    EXPECT_EQ(format_count(-123), "-123");
}

struct RatioCase {
    std::string name;
    Ratio counts;
    std::optional<Target> target;
    std::string text;

    friend void PrintTo(const RatioCase& row, std::ostream* out) { *out << row.name; }
};

class FormatRatio : public testing::TestWithParam<RatioCase> {};

TEST_P(FormatRatio, PrintsOneDecimal) {
    EXPECT_EQ(format_ratio(GetParam().counts, GetParam().target), GetParam().text);
}

const RatioCase ratio_cases[] = {
    {"Nothing", {0, 7}, above_45, "0,0 %"},
    {"Everything", {7, 7}, above_45, "100,0 %"},
    {"HalfGoesAwayFromZero", {1235, 10'000}, {}, "12,4 %"},
    {"BelowHalfGoesDown", {12349, 100'000}, {}, "12,3 %"},
    {"ExactlyOnTheTarget", {45, 100}, above_45, "45,0 %"},
    {"ExactlyOnTheTargetOfAnotherWhole", {9, 20}, from_45, "45,0 %"},
    {"JustBelowTheTarget", {44'996, 100'000}, above_45, "44,9 %"},
    {"JustBelowTheTargetAtLeast", {44'996, 100'000}, from_45, "44,9 %"},
    {"JustAboveTheTarget", {45'004, 100'000}, above_45, "45,1 %"},
    {"JustAboveTheTargetAtLeast", {45'004, 100'000}, from_45, "45,1 %"},
    {"WithoutTargetRoundsToTheNearest", {44'996, 100'000}, {}, "45,0 %"},
    {"OneCaseInNinePetaCases", {(1LL << 53) * 9, (1LL << 53) * 20 + 1}, above_45, "44,9 %"},
    {"TargetBetweenTenthsFromBelow",
     {4552, 10'000},
     Target{"", TargetOperator::Above, {4553, 10'000}, {}, {}, ""},
     "45,5 %"},
    {"TargetBetweenTenthsFromAbove",
     {4554, 10'000},
     Target{"", TargetOperator::Above, {4553, 10'000}, {}, {}, ""},
     "45,6 %"},
    {"OnATargetThatRoundsUpFails",
     {2, 3},
     Target{"", TargetOperator::Above, {2, 3}, {}, {}, ""},
     "66,6 %"},
    {"OnATargetThatRoundsDownPasses",
     {1, 3},
     Target{"", TargetOperator::AtLeast, {1, 3}, {}, {}, ""},
     "33,4 %"},
    {"MoreThanAll", {12'345, 1'000}, {}, "1.234,5 %"},
};

INSTANTIATE_TEST_SUITE_P(Rows, FormatRatio, testing::ValuesIn(ratio_cases), test::case_name<RatioCase>);

/// The tenths of a per cent that a text such as "45,3 %" says.
std::int64_t tenths_of(const std::string& text) {
    std::int64_t tenths = 0;
    for (const char letter : text) {
        if (letter >= '0' && letter <= '9') {
            tenths = tenths * 10 + (letter - '0');
        }
    }
    return tenths;
}

void expect_truthful(const Ratio& counts, const Target& target) {
    const std::string said = format_ratio(counts, target);
    const std::int64_t tenths = tenths_of(said);
    const Ratio shown{tenths, 1000};
    const std::int64_t whole = counts.denominator;
    ASSERT_EQ(rules::assess(counts, target), rules::assess(shown, target))
        << counts.numerator << "/" << whole << " is printed as " << said;
    ASSERT_LE(std::abs(tenths * whole - counts.numerator * 1000), whole) << said;
    const auto exact = compare(counts, target.value);
    ASSERT_TRUE(exact == 0 || exact == compare(shown, target.value)) << said;
}

void expect_truthful_up_to(std::int64_t largest, const Target& target) {
    for (std::int64_t whole = 1; whole <= largest && !testing::Test::HasFatalFailure(); ++whole) {
        for (std::int64_t part = 0; part <= whole; ++part) {
            expect_truthful({part, whole}, target);
        }
    }
}

// Every pair of counts up to 400 against several targets: what is printed never looks like another
// verdict than the exact one, and is never further off than a tenth of a per cent.
TEST(FormatRatioProperty, NeverCarriesAFigureAcrossItsTarget) {
    const Share shares[] = {{9, 20}, {9, 10}, {1, 3}, {2, 3}, {4553, 10'000}, {1, 2}, {1, 1}};
    for (const Share& share : shares) {
        for (const TargetOperator op : {TargetOperator::Above, TargetOperator::AtLeast}) {
            const Target target{"", op, share, {}, {}, ""};
            ASSERT_NO_FATAL_FAILURE(expect_truthful_up_to(400, target));
        }
    }
}

TEST(FormatShare, PrintsTargetsExactlyOrAsAFraction) {
    EXPECT_EQ(format_share({9, 20}), "45 %");
    EXPECT_EQ(format_share({91, 200}), "45,5 %");
    EXPECT_EQ(format_share({4553, 10'000}), "45,53 %");
    EXPECT_EQ(format_share({1, 1}), "100 %");
    EXPECT_EQ(format_share({0, 1}), "0 %");
    EXPECT_EQ(format_share({1, 3}), "1/3");
}

TEST(FormatTarget, SaysWhetherTheLineItselfCounts) {
    EXPECT_EQ(format_target(above_45), "trên 45 %");
    EXPECT_EQ(format_target(from_45), "từ 45 % trở lên");
}

Percent make_percent(
    std::optional<Ratio> counts, std::optional<Target> target, rules::Fitness fitness
) {
    Percent percent;
    percent.counts = counts;
    percent.target = target;
    percent.fitness = fitness;
    if (target) {
        percent.verdict = rules::assess(counts, *target);
    }
    return percent;
}

struct VerdictCase {
    std::string name;
    Percent percent;
    std::string value;
    std::string verdict;
    std::string mark;

    friend void PrintTo(const VerdictCase& row, std::ostream* out) { *out << row.name; }
};

class FormatVerdict : public testing::TestWithParam<VerdictCase> {};

TEST_P(FormatVerdict, SaysValueVerdictAndMark) {
    EXPECT_EQ(format_value(GetParam().percent), GetParam().value);
    EXPECT_EQ(format_verdict(GetParam().percent), GetParam().verdict);
    EXPECT_EQ(format_mark(GetParam().percent), GetParam().mark);
}

using rules::Fitness;

const VerdictCase verdict_cases[] = {
    {"Met", make_percent({{46, 100}}, above_45, Fitness::Provisional), "46,0 %", "đạt", ""},
    {"Below", make_percent({{44, 100}}, above_45, Fitness::Provisional), "44,0 %", "chưa đạt", ""},
    {"OnTheLineOfAbove",
     make_percent({{45, 100}}, above_45, Fitness::Provisional),
     "45,0 %",
     "chưa đạt (phải trên 45 %)",
     ""},
    {"OnTheLineOfAtLeast",
     make_percent({{45, 100}}, from_45, Fitness::Provisional),
     "45,0 %",
     "đạt",
     ""},
    {"NothingHappened",
     make_percent({{0, 0}}, above_45, Fitness::Provisional),
     "không phát sinh",
     "",
     ""},
    {"Unknown", make_percent({}, above_45, Fitness::Missing), "thiếu số liệu", "", ""},
    {"NoTarget", make_percent({{1, 3}}, {}, Fitness::Provisional), "33,3 %", "", ""},
    {"Incomplete",
     make_percent({{44, 100}}, above_45, Fitness::Missing),
     "44,0 %",
     "chưa đạt",
     "thiếu số liệu"},
    {"Unreconciled",
     make_percent({{46, 100}}, above_45, Fitness::Unreconciled),
     "46,0 %",
     "đạt",
     "chưa đối soát"},
};

INSTANTIATE_TEST_SUITE_P(Rows, FormatVerdict, testing::ValuesIn(verdict_cases), test::case_name<VerdictCase>);

struct ChangeCase {
    std::string name;
    Change change;
    std::string text;

    friend void PrintTo(const ChangeCase& row, std::ostream* out) { *out << row.name; }
};

class FormatChange : public testing::TestWithParam<ChangeCase> {};

TEST_P(FormatChange, PrintsPercentagePoints) {
    EXPECT_EQ(format_change(GetParam().change), GetParam().text);
}

const ChangeCase change_cases[] = {
    {"Up", {{{413, 1000}}, {{401, 1000}}}, "▲1,2"},
    {"Down", {{{401, 1000}}, {{409, 1000}}}, "▼0,8"},
    {"Same", {{{45, 100}}, {{9, 20}}}, "không đổi"},
    {"TooLittleToSeeUp", {{{10'001, 100'000}}, {{1, 10}}}, "▲<0,1"},
    {"TooLittleToSeeDown", {{{9'999, 100'000}}, {{1, 10}}}, "▼<0,1"},
    {"HalfATenthCounts", {{{1'005, 10'000}}, {{1, 10}}}, "▲0,1"},
    {"FromNothingToEverything", {{{5, 5}}, {{0, 5}}}, "▲100,0"},
    {"NothingBefore", {{{1, 2}}, {}}, "chưa so sánh được"},
    {"NothingNow", {{}, {{1, 2}}}, "chưa so sánh được"},
    {"NoActivityBefore", {{{1, 2}}, {{0, 0}}}, "chưa so sánh được"},
};

INSTANTIATE_TEST_SUITE_P(Rows, FormatChange, testing::ValuesIn(change_cases), test::case_name<ChangeCase>);

TEST(FormatGap, CountsActions) {
    EXPECT_EQ(format_gap({IndicatorKind::PaymentsOnline, 61, 110}), "cần thêm 61 hồ sơ");
    EXPECT_EQ(format_gap({IndicatorKind::ServicesOnline, 3, {}}), "cần thêm 3 dịch vụ công");
    EXPECT_EQ(format_gap({IndicatorKind::PaymentsOnline, {}, {}}), "");
}

TEST(FormatTimes, AreVietnamese) {
    const Day day{std::chrono::year{2024} / 10 / 5};
    EXPECT_EQ(format_day(day), "05/10/2024");
    EXPECT_EQ(format_days(day, day), "05/10/2024");
    EXPECT_EQ(format_days(day, day + std::chrono::days{27}), "05/10–01/11/2024");
    EXPECT_EQ(format_days(day, day + std::chrono::days{88}), "05/10/2024–01/01/2025");
    EXPECT_EQ(format_instant(first_instant(day)), "00:00 05/10/2024");
    EXPECT_EQ(format_instant(last_instant(day)), "23:59 05/10/2024");
    EXPECT_EQ(format_week({2024, 42}, 2024), "Tuần 42");
    EXPECT_EQ(format_week({2024, 3}, 2024), "Tuần 03");
    EXPECT_EQ(format_week({2025, 1}, 2024), "Tuần 01/2025");
}

TEST(Capitalise, KnowsVietnamese) {
    EXPECT_EQ(capitalise("đạt"), "Đạt");
    EXPECT_EQ(capitalise("cần thêm"), "Cần thêm");
    EXPECT_EQ(capitalise("Nền tảng"), "Nền tảng");
    EXPECT_EQ(capitalise(""), "");
}

}  // namespace
}  // namespace thidua::reports
