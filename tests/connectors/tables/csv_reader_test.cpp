// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/csv_reader.hpp"

#include "tests/connectors/tables/workbook.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::connectors {
namespace {

struct CsvCase {
    std::string name;
    std::string text;
    std::vector<std::string> lines;
    std::string error{};

    friend void PrintTo(const CsvCase& row, std::ostream* out) { *out << row.name; }
};

class ReadCsv : public testing::TestWithParam<CsvCase> {};

TEST_P(ReadCsv, GivesRecordsOrTheLine) {
    std::vector<std::string> lines;
    const auto read = read_csv(GetParam().text, {}, test::line_sink(lines));
    EXPECT_EQ(read ? "" : read.error().message, GetParam().error);
    EXPECT_EQ(lines, GetParam().lines);
}

/// However a file is cut into pieces, it says the same.
TEST_P(ReadCsv, DoesNotSeeThePieces) {
    std::vector<std::string> lines;
    auto reader = CsvReader::make({}, test::line_sink(lines)).value();
    Result<void> read{};
    for (const char letter : GetParam().text) {
        if (read) {
            read = reader.feed({&letter, 1});
        }
    }
    read = read ? reader.finish() : read;
    EXPECT_EQ(read ? "" : read.error().message, GetParam().error);
    EXPECT_EQ(lines, GetParam().lines);
}

const CsvCase csv_cases[] = {
    {"Plain", "a,b\n1,2\n", {"1: Text(a) | Text(b) |", "2: Text(1) | Text(2) |"}},
    {"NoLastLineEnd", "a,b\n1,2", {"1: Text(a) | Text(b) |", "2: Text(1) | Text(2) |"}},
    {"Mark",
     "\xEF\xBB\xBF"
     "a;b\r\n",
     {"1: Text(a) | Text(b) |"}},
    {"Returns", "a,b\r1,2\r", {"1: Text(a) | Text(b) |", "2: Text(1) | Text(2) |"}},
    {"Tabs", "a\tb,c\n", {"1: Text(a) | Text(b,c) |"}},
    {"Semicolons", "a;b\n1,5;2\n", {"1: Text(a) | Text(b) |", "2: Text(1,5) | Text(2) |"}},
    {"Quotes", "\"a,b\",\"c\"\"d\"\n", {"1: Text(a,b) | Text(c\"d) |"}},
    {
        "LineBreaks",
        "x,y\r\n\"a\r\nb\",\"c\nd\"\r\ne,f\r\n",
        {"1: Text(x) | Text(y) |", "2: Text(a\r\nb) | Text(c\nd) |", "5: Text(e) | Text(f) |"},
    },
    {"EmptyFields", "a,,\"\"\n,,\n", {"1: Text(a) | | |", "2: | | |"}},
    {"BlankLines", "\n\r\na,b\n\n \nc,d\n", {"3: Text(a) | Text(b) |", "6: Text(c) | Text(d) |"}},
    {"QuotedBlank", "\"\"\n", {"1: |"}},
    {"QuoteWithin", "5\" pipe,b\n", {"1: Text(5\" pipe) | Text(b) |"}},
    {"SpaceBehindAQuote", "\"a\" ,b\n", {"1: Text(a) | Text(b) |"}},
    {"OneColumn", "a\nb\n", {"1: Text(a) |", "2: Text(b) |"}},
    {"Trimmed", " a ,\u00A0b\u00A0\n", {"1: Text(a) | Text(b) |"}},
    {"Decomposed", "Ho\u0300,x\n", {"1: Text(Hò) | Text(x) |"}},
    {"Nothing", "", {}},
    {"MarkAlone", "\xEF\xBB\xBF", {}},
    {
        "OpenQuote",
        "a,b\n1,\"2\n3,4\n",
        {"1: Text(a) | Text(b) |"},
        "line 2: a quote that is never closed",
    },
    {
        "BehindAQuote",
        "a,b\n\"1\"x,2\n",
        {"1: Text(a) | Text(b) |"},
        "line 2: something behind a closing quote; a quote within is written twice",
    },
    {
        "Nul",
        std::string("a,b\n1,\0\n", 8),
        {"1: Text(a) | Text(b) |"},
        "line 2: a NUL byte; a file of text has none",
    },
    {
        "NotUtf8",
        "a,b\n1,2\n3,\xE9\xE9\n",
        {"1: Text(a) | Text(b) |", "2: Text(1) | Text(2) |"},
        "line 3: bytes that are not UTF-8; declare the file's encoding",
    },
    {
        "CutLetter",
        "a,b\n\xE1\xBB",
        {"1: Text(a) | Text(b) |"},
        "line 2: bytes that are not UTF-8; declare the file's encoding",
    },
};

INSTANTIATE_TEST_SUITE_P(Csv, ReadCsv, testing::ValuesIn(csv_cases), test::case_name<CsvCase>);

TEST(CsvReading, StopsAtALineOfAGigabyte) {
    std::vector<std::string> lines;
    auto reader = CsvReader::make({}, test::line_sink(lines)).value();
    const std::string piece(64 * 1024, 'x');
    ASSERT_TRUE(reader.feed("a;b\n"));
    std::size_t fed = 0;
    Result<void> read{};
    while (read && fed < 16 * 1024) {
        read = reader.feed(piece);
        ++fed;
    }
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().message, "line 2: a record of more than 1048576 bytes");
    EXPECT_LE(fed, 18U);
}

TEST(CsvReading, StopsAtEachLimit) {
    const auto error_of = [](const std::string& text, const TableLimits& limits) {
        std::vector<std::string> lines;
        const auto read = read_csv(text, {.limits = limits}, test::line_sink(lines));
        return read ? "" : read.error().message;
    };
    EXPECT_EQ(error_of("a,b,c\n", {.columns = 2}), "line 1: more than 2 columns");
    EXPECT_EQ(error_of("a\nb\nc\n", {.rows = 2}), "line 3: more records or cells than are read");
    EXPECT_EQ(error_of("a,b\nc,d\n", {.cells = 3}), "line 2: more records or cells than are read");
    EXPECT_EQ(error_of("a,bcd\n", {.cell_bytes = 2}), "line 1: column B: more than 2 bytes");
    EXPECT_EQ(error_of("a,b\n", {.file_bytes = 3}), "the file has more than 3 bytes");
}

TEST(CsvReading, TakesADeclaredSeparator) {
    std::vector<std::string> lines;
    ASSERT_TRUE(read_csv("a|b;c\n", {.separator = '|'}, test::line_sink(lines)));
    EXPECT_EQ(lines, std::vector<std::string>{"1: Text(a) | Text(b;c) |"});
}

TEST(CsvReading, PassesOnWhatTheSinkSays) {
    const TableSink sink{.row = [](const Row& /*row*/) -> Result<void> {
        return fail(ErrorKind::Stopped, "enough");
    }};
    EXPECT_EQ(read_csv("a\nb\n", {}, sink).error(), (Error{ErrorKind::Stopped, "enough"}));
}

TEST(SniffSeparator, LooksAtTheWidestLine) {
    EXPECT_EQ(sniff_separator("Báo cáo, tháng 6\nMã;Phí, lệ phí;Ngày\n"), ';');
    EXPECT_EQ(sniff_separator("a;b;c\n1,5;2,5;3,5\n1,2;3,4;5,6\n"), ';');
    EXPECT_EQ(sniff_separator("\"a;b;c;d\",e\n"), ',');
    EXPECT_EQ(sniff_separator("a\tb;c\n"), '\t');
    EXPECT_EQ(sniff_separator("a"), ',');
}

}  // namespace
}  // namespace thidua::connectors
