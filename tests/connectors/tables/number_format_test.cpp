// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/number_format.hpp"

#include "connectors/tables/cell_value.hpp"
#include "connectors/tables/sheet_scan.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::connectors {
namespace {

struct FormatCase {
    std::string name;
    std::string code;
    NumberFormat format;

    friend void PrintTo(const FormatCase& row, std::ostream* out) { *out << row.name; }
};

class FormatOfCode : public testing::TestWithParam<FormatCase> {};

TEST_P(FormatOfCode, SaysWhatIsShown) {
    EXPECT_EQ(format_of_code(GetParam().code), GetParam().format);
}

const FormatCase format_cases[] = {
    {"General", "General", NumberFormat::Number},
    {"Dong", "0 \"đồng\"", NumberFormat::Number},
    {"DongInUpperCase", "#,##0 \"ĐỒNG/THÁNG\"", NumberFormat::Number},
    {"Unquoted", "#,##0\\ \\d", NumberFormat::Number},
    {"Language", "[$-42A]dd mmmm", NumberFormat::Day},
    {"Currency", "#,##0 [$VND]", NumberFormat::Number},
    {"Colour", "[Red]#,##0", NumberFormat::Number},
    {"Condition", "[<=9999999]###-####;(###) ###-####", NumberFormat::Number},
    {"Accounting", "_-* #,##0_d_-;-* #,##0_d", NumberFormat::Number},
    {"Scientific", "0.00E+00", NumberFormat::Number},
    {"Text", "@", NumberFormat::Number},
    {"Percent", "0.0%", NumberFormat::Percent},
    {"QuotedPercent", "0.0\"%\"", NumberFormat::Number},
    {"Vietnamese", "dd/mm/yyyy", NumberFormat::Day},
    {"WithTextSection", "dd/mm/yyyy;@", NumberFormat::Day},
    {"DateInALaterSection", "0;dd/mm", NumberFormat::Number},
    {"UpperCase", "DD/MM/YYYY", NumberFormat::Day},
    {"Time", "dd/mm/yyyy\\ hh:mm:ss", NumberFormat::DayTime},
    {"Minutes", "mm:ss.0", NumberFormat::DayTime},
    {"Elapsed", "[h]:mm", NumberFormat::DayTime},
    {"ElapsedMinutes", "[mm]", NumberFormat::Day},
    {"HalfDay", "h AM/PM", NumberFormat::DayTime},
    {"OpenQuote", "0 \"d", NumberFormat::Number},
    {"OpenBracket", "0 [d", NumberFormat::Number},
    {"Empty", "", NumberFormat::Number},
};

INSTANTIATE_TEST_SUITE_P(Formats, FormatOfCode, testing::ValuesIn(format_cases), test::case_name<FormatCase>);

TEST(BuiltinFormat, KnowsExcelsOwnNumbers) {
    for (const std::uint64_t id : {14U, 15U, 16U, 17U}) {
        EXPECT_EQ(builtin_format(id), NumberFormat::Day) << id;
    }
    for (const std::uint64_t id : {18U, 19U, 20U, 21U, 22U, 45U, 46U, 47U}) {
        EXPECT_EQ(builtin_format(id), NumberFormat::DayTime) << id;
    }
    for (const std::uint64_t id : {0U, 1U, 13U, 23U, 44U, 48U, 49U}) {
        EXPECT_EQ(builtin_format(id), NumberFormat::Number) << id;
    }
    EXPECT_EQ(builtin_format(9), NumberFormat::Percent);
    EXPECT_EQ(builtin_format(10), NumberFormat::Percent);
}

struct DateCase {
    std::string name;
    double serial;
    NumberFormat format;
    bool is_1904;
    std::string text;  ///< empty: refused

    friend void PrintTo(const DateCase& row, std::ostream* out) { *out << row.name; }
};

class DateText : public testing::TestWithParam<DateCase> {};

TEST_P(DateText, IsLocalTime) {
    const auto& row = GetParam();
    EXPECT_EQ(date_text(row.serial, row.format, row.is_1904).value_or(""), row.text);
}

const DateCase date_cases[] = {
    {"First", 1, NumberFormat::Day, false, "1900-01-01"},
    {"BeforeTheFalseLeapDay", 59, NumberFormat::Day, false, "1900-02-28"},
    {"TheFalseLeapDay", 60, NumberFormat::Day, false, ""},
    {"AfterTheFalseLeapDay", 61, NumberFormat::Day, false, "1900-03-01"},
    {"Day", 45460, NumberFormat::Day, false, "2024-06-17"},
    {"Midnight", 45460, NumberFormat::DayTime, false, "2024-06-17T00:00:00"},
    {"Time", 45460.34378472222, NumberFormat::DayTime, false, "2024-06-17T08:15:03"},
    {"HiddenTime", 45460.5, NumberFormat::Day, false, "2024-06-17T12:00:00"},
    {"RoundsUpOverMidnight", 45460.999999, NumberFormat::Day, false, "2024-06-18"},
    {"RoundsDown", 45460.000001, NumberFormat::Day, false, "2024-06-17"},
    {"TimeOfDay", 0.5, NumberFormat::DayTime, false, "12:00:00"},
    {"NoTimeOfDay", 0.5, NumberFormat::Day, false, ""},
    {"Zero", 0, NumberFormat::Day, false, ""},
    {"Negative", -1, NumberFormat::Day, false, ""},
    {"LastDay", 2958465, NumberFormat::Day, false, "9999-12-31"},
    {"AfterTheLastDay", 2958466, NumberFormat::Day, false, ""},
    {"Huge", 1e300, NumberFormat::Day, false, ""},
    {"Epoch1904", 0, NumberFormat::Day, true, "1904-01-01"},
    {"LeapDay1904", 59, NumberFormat::Day, true, "1904-02-29"},
    {"Day1904", 43998, NumberFormat::Day, true, "2024-06-17"},
};

INSTANTIATE_TEST_SUITE_P(Dates, DateText, testing::ValuesIn(date_cases), test::case_name<DateCase>);

struct NumberCase {
    std::string name;
    std::string given;
    std::string text;  ///< empty: refused

    friend void PrintTo(const NumberCase& row, std::ostream* out) { *out << row.name; }
};

class NumberText : public testing::TestWithParam<NumberCase> {};

TEST_P(NumberText, IsTheShortestDecimal) {
    EXPECT_EQ(number_text(GetParam().given).value_or(""), GetParam().text);
}

const NumberCase number_cases[] = {
    {"Whole", "450000", "450000"},
    {"WholeAsDouble", "450000.0", "450000"},
    {"WholeAsExponent", "4.5E5", "450000"},
    {"LongFraction", "0.10000000000000001", "0.1"},
    {"Fraction", "-2.5", "-2.5"},
    {"LongWhole", "123456789012345678", "123456789012345678"},
    {"Power", "1E20", "100000000000000000000"},
    {"Huge", "1E+300", "1e+300"},
    {"Tiny", "1E-300", "1e-300"},
    {"Small", "0.000001", "0.000001"},
    {"Zero", "0", "0"},
    {"MinusZero", "-0", "0"},
    {"Words", "abc", ""},
    {"Rest", "1 2", ""},
    {"Infinite", "inf", ""},
    {"NotANumber", "nan", ""},
    {"Overflow", "1E999", ""},
    {"Hexadecimal", "0x10", ""},
};

INSTANTIATE_TEST_SUITE_P(Cells, NumberText, testing::ValuesIn(number_cases), test::case_name<NumberCase>);

TEST(WithoutEscapes, TurnsThemIntoLetters) {
    EXPECT_EQ(without_escapes("a_x000D_b"), "a\rb");
    EXPECT_EQ(without_escapes("_x1ED3_"), "ồ");
    EXPECT_EQ(without_escapes("_x005F_x000D_"), "_x000D_");
    EXPECT_EQ(
        without_escapes("_x00_ _xZZZZ_ _xD800_ _x0000_ _x"), "_x00_ _xZZZZ_ _xD800_ _x0000_ _x"
    );
}

TEST(ParseReference, ReadsWhatExcelWrites) {
    ASSERT_TRUE(parse_reference("XFD1048576"));
    EXPECT_EQ(parse_reference("XFD1048576")->column, 16'383U);
    EXPECT_EQ(parse_reference("C7")->column, 2U);
    EXPECT_EQ(parse_reference("C7")->row, 7);
    for (const char* text : {"", "7", "C", "C0", "c7", "C-7", "C7x", "ABCDEFG1", "C99999999999"}) {
        EXPECT_FALSE(parse_reference(text)) << text;
    }
}

TEST(ColumnName, CountsLikeExcel) {
    EXPECT_EQ(column_name(0), "A");
    EXPECT_EQ(column_name(25), "Z");
    EXPECT_EQ(column_name(26), "AA");
    EXPECT_EQ(column_name(16'383), "XFD");
}

}  // namespace
}  // namespace thidua::connectors
