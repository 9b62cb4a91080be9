// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/vietnamese_values.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace thidua::connectors {
namespace {

constexpr auto vi = NumberLocale::Vi;
constexpr auto en = NumberLocale::En;
constexpr auto plain = NumberLocale::Plain;

struct DecimalCase {
    std::string name;
    std::string text;
    NumberLocale locale;
    std::optional<Decimal> decimal;

    friend void PrintTo(const DecimalCase& row, std::ostream* out) { *out << row.name; }
};

class ParseDecimal : public testing::TestWithParam<DecimalCase> {};

TEST_P(ParseDecimal, IsExactOrRefused) {
    const auto decimal = parse_decimal(GetParam().text, GetParam().locale);
    ASSERT_EQ(decimal.has_value(), GetParam().decimal.has_value());
    if (decimal) {
        EXPECT_EQ(*decimal, *GetParam().decimal);
    } else {
        EXPECT_EQ(decimal.error().kind, ErrorKind::Data);
    }
}

const DecimalCase decimal_cases[] = {
    {"Vietnamese", "1.234,5", vi, {{12345, 1}}},
    {"Spaces", "1 234", vi, {{1234, 0}}},
    {"NoBreakSpaces", "1\u00A0234\u00A0567,25", vi, {{123456725, 2}}},
    {"NarrowSpaces", "1\u202F234", vi, {{1234, 0}}},
    {"English", "1,234.5", en, {{12345, 1}}},
    {"EnglishInVietnamese", "1,234.5", vi, std::nullopt},
    {"VietnameseInEnglish", "1.234,5", en, std::nullopt},
    // The same text, decided by the locale alone.
    {"PointInVietnamese", "1.234", vi, {{1234, 0}}},
    {"PointInEnglish", "1.234", en, {{1234, 3}}},
    {"PointInPlain", "1.234", plain, {{1234, 3}}},
    {"CommaInVietnamese", "1,234", vi, {{1234, 3}}},
    {"CommaInEnglish", "1,234", en, {{1234, 0}}},
    {"CommaInPlain", "1,234", plain, std::nullopt},
    {"Ungrouped", "450000", vi, {{450000, 0}}},
    {"Negative", "-1.000", vi, {{-1000, 0}}},
    {"ZerosBehind", "12,500", vi, {{125, 1}}},
    {"OnlyZerosBehind", "12,00", vi, {{12, 0}}},
    {"ShortGroup", "12.5", vi, std::nullopt},
    {"LongGroup", "1.2345", vi, std::nullopt},
    {"LongFirstGroup", "1234.567", vi, std::nullopt},
    {"MixedGroups", "1.234 567", vi, std::nullopt},
    {"TwoPoints", "1,2,3", vi, std::nullopt},
    {"NothingBehindThePoint", "12,", vi, std::nullopt},
    {"NothingBeforeThePoint", ",5", vi, std::nullopt},
    {"Exponent", "1E5", plain, std::nullopt},
    {"Plus", "+5", vi, std::nullopt},
    {"MinusAlone", "-", vi, std::nullopt},
    {"Empty", "", vi, std::nullopt},
    {"Words", "năm", vi, std::nullopt},
    {"Largest", "9223372036854775807", vi, {{std::numeric_limits<std::int64_t>::max(), 0}}},
    {"TooLarge", "9223372036854775808", vi, std::nullopt},
    {"TooManyDecimals", "0,1234567890123456789", vi, std::nullopt},
};

INSTANTIATE_TEST_SUITE_P(Values, ParseDecimal, testing::ValuesIn(decimal_cases), test::case_name<DecimalCase>);

TEST(ParseCount, RefusesAFraction) {
    EXPECT_EQ(parse_count("1.234", vi), 1234);
    EXPECT_EQ(parse_count("12,0", vi), 12);
    EXPECT_EQ(parse_count("12,5", vi).error().message, "not a whole number");
}

TEST(ParseDong, TakesTheCurrencyBehind) {
    for (const char* text :
         {"450.000", "450.000 đồng", "450.000đ", "450 000 VNĐ", "450000,00 VND"}) {
        EXPECT_EQ(parse_dong(text, vi), 450'000) << text;
    }
    EXPECT_FALSE(parse_dong("450.000,5 đồng", vi));
    EXPECT_FALSE(parse_dong("đồng", vi));
    EXPECT_FALSE(parse_dong("450.000 USD", vi));
}

struct PercentCase {
    std::string name;
    std::string text;
    std::optional<Ratio> share;
    std::string written{};

    friend void PrintTo(const PercentCase& row, std::ostream* out) { *out << row.name; }
};

class ParsePercent : public testing::TestWithParam<PercentCase> {};

TEST_P(ParsePercent, IsTwoWholeNumbers) {
    const auto share = parse_percent(GetParam().text, vi);
    ASSERT_EQ(share.has_value(), GetParam().share.has_value());
    if (share) {
        EXPECT_EQ(*share, *GetParam().share);
        EXPECT_EQ(percent_text(*share), GetParam().written);
    }
}

const PercentCase percent_cases[] = {
    {"Decimal", "45,3%", {{453, 1000}}, "45.3%"},
    {"Whole", "45 %", {{45, 100}}, "45%"},
    {"Hundred", "100%", {{100, 100}}, "100%"},
    {"Beyond", "1.234,5%", {{12345, 1000}}, "1234.5%"},
    {"Small", "0,05%", {{5, 10000}}, "0.05%"},
    {"Zero", "0%", {{0, 100}}, "0%"},
    {"Negative", "-7,5%", {{-75, 1000}}, "-7.5%"},
    {"NoSign", "45,3", std::nullopt},
    {"SignAlone", "%", std::nullopt},
    {"EnglishPoint", "45.3%", std::nullopt},
};

INSTANTIATE_TEST_SUITE_P(Values, ParsePercent, testing::ValuesIn(percent_cases), test::case_name<PercentCase>);

TEST(PercentText, WritesSharesOfOneAndTen) {
    EXPECT_EQ(percent_text({.numerator = 1, .denominator = 1}), "100%");
    EXPECT_EQ(percent_text({.numerator = 5, .denominator = 10}), "50%");
    EXPECT_EQ(percent_text({.numerator = 0, .denominator = 1}), "0%");
}

struct TimeCase {
    std::string name;
    std::string text;
    std::string iso;  ///< empty: refused

    friend void PrintTo(const TimeCase& row, std::ostream* out) { *out << row.name; }
};

class ParseLocalTime : public testing::TestWithParam<TimeCase> {};

TEST_P(ParseLocalTime, IsOnTheCalendarOrRefused) {
    const auto time = parse_local_time(GetParam().text);
    EXPECT_EQ(time ? iso_text(*time) : "", GetParam().iso);
    if (!time) {
        EXPECT_EQ(time.error().kind, ErrorKind::Data);
        EXPECT_TRUE(time.error().message.starts_with("not a ")) << time.error().message;
    }
}

const TimeCase time_cases[] = {
    {"Day", "17/06/2024", "2024-06-17"},
    {"ShortDay", "7/6/2024", "2024-06-07"},
    {"Dashes", "17-06-2024", "2024-06-17"},
    {"Minutes", "17/06/2024 08:15", "2024-06-17T08:15:00"},
    {"Seconds", "17/06/2024 08:15:03", "2024-06-17T08:15:03"},
    {"ShortHour", "17/06/2024  8:15", "2024-06-17T08:15:00"},
    {"Iso", "2024-06-17", "2024-06-17"},
    {"IsoTime", "2024-06-17T08:15:03", "2024-06-17T08:15:03"},
    {"IsoWithSpace", "2024-06-17 08:15", "2024-06-17T08:15:00"},
    {"Spaces", "\u00A017/06/2024 ", "2024-06-17"},
    {"LeapDay", "29/02/2024", "2024-02-29"},
    {"NoLeapDay", "29/02/2023", ""},
    {"ThirtiethOfFebruary", "30/02/2024", ""},
    {"AmericanOrder", "06/17/2024", ""},
    {"Hour24", "17/06/2024 24:00", ""},
    {"Minute60", "17/06/2024 23:60", ""},
    {"TwoDigitYear", "17/06/24", ""},
    {"YearOfFiveDigits", "17/06/20240", ""},
    {"Before1900", "17/06/1899", ""},
    {"MixedMarks", "17/06-2024", ""},
    {"NoTime", "17/06/2024 sáng", ""},
    {"HourAlone", "17/06/2024 08", ""},
    {"IsoOffset", "2024-06-17T08:15:03Z", ""},
    {"TBehindAVietnameseDay", "17/06/2024T08:15", ""},
    {"Four", "1/2/3/2024", ""},
    {"Empty", "", ""},
};

INSTANTIATE_TEST_SUITE_P(Values, ParseLocalTime, testing::ValuesIn(time_cases), test::case_name<TimeCase>);

}  // namespace
}  // namespace thidua::connectors
