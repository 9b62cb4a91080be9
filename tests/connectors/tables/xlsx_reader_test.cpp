// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/xlsx_reader.hpp"

#include "tests/connectors/tables/workbook.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::connectors {
namespace {

struct SheetCase {
    std::string name;
    std::string sheet;  ///< within <worksheet>
    std::string texts;  ///< within <sst>
    std::vector<std::string> lines;
    std::string error{};

    friend void PrintTo(const SheetCase& row, std::ostream* out) { *out << row.name; }
};

class ReadSheet : public testing::TestWithParam<SheetCase> {};

TEST_P(ReadSheet, GivesRowsOrTheCell) {
    std::vector<std::string> lines;
    const std::string bytes = test::workbook_of(GetParam().sheet, GetParam().texts);
    const auto read = read_xlsx(bytes, {}, test::line_sink(lines));
    EXPECT_EQ(read ? "" : read.error().message, GetParam().error);
    if (GetParam().error.empty()) {
        EXPECT_EQ(lines, GetParam().lines);
    }
}

std::string in_rows(const std::string& rows) {
    return "<sheetData>" + rows + "</sheetData>";
}

/// One cell at C7.
std::string cell(const std::string& attributes, const std::string& content) {
    return in_rows(R"(<row r="7"><c r="C7" )" + attributes + ">" + content + "</c></row>");
}

const SheetCase sheet_cases[] = {
    {"Nothing", in_rows(""), "", {}},
    {"EmptyRow", in_rows(R"(<row r="3"/>)"), "", {"3:"}},
    {"Number", cell("", "<v>450000</v>"), "", {"7: | | Number(450000) |"}},
    {"TypedNumber", cell("t=\"n\"", "<v>4.5E5</v>"), "", {"7: | | Number(450000) |"}},
    {"True", cell("t=\"b\"", "<v>1</v>"), "", {"7: | | Boolean(true) |"}},
    {"False", cell("t=\"b\"", "<v>0</v>"), "", {"7: | | Boolean(false) |"}},
    {"ErrorCell", cell("t=\"e\"", "<v>#N/A</v>"), "", {"7: | | Error(#N/A) |"}},
    {"StrictDate",
     cell("t=\"d\"", "<v>2024-06-17T08:15:03</v>"),
     "",
     {"7: | | Date(2024-06-17T08:15:03) |"}},
    {"Formula", cell("", "<f>1+1</f><v>2</v>"), "", {"7: | | =Number(2) |"}},
    {"FormulaOfText", cell("t=\"str\"", "<f>A1</f><v> a&amp;b </v>"), "", {"7: | | =Text(a&b) |"}},
    {"FormulaOfEmptyText", cell("t=\"str\"", "<f>A1</f><v></v>"), "", {"7:"}},
    {"FormulaWithoutValue",
     cell("", "<f>1+1</f>"),
     "",
     {"7: | | =Error(a formula without a stored value) |"}},
    {"FormulaWithEmptyValue",
     cell("", "<f>1+1</f><v/>"),
     "",
     {"7: | | =Error(a formula without a stored value) |"}},
    {"Inline", cell("t=\"inlineStr\"", "<is><t>Hồ sơ</t></is>"), "", {"7: | | Text(Hồ sơ) |"}},
    {
        "InlineRuns",
        cell("t=\"inlineStr\"", "<is><r><rPr><b/></rPr><t>Hồ </t></r><r><t>sơ</t></r></is>"),
        "",
        {"7: | | Text(Hồ sơ) |"},
    },
    {
        "InlinePhonetic",
        cell("t=\"inlineStr\"", "<is><t>a</t><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></is>"),
        "",
        {"7: | | Text(a) |"},
    },
    {
        "Shared",
        in_rows(
            R"(<row r="1"><c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="s"><v>2</v></c></row>)"
        ),
        "<si><t>a</t></si><si><r><t>b</t></r><r><t xml:space=\"preserve\"> c</t></r>"
        "<rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si><si><t/></si>",
        {"1: Text(b c) | Text(a) |"},
    },
    {"Escaped", cell("t=\"inlineStr\"", "<is><t>a_x000A_b</t></is>"), "", {"7: | | Text(a\nb) |"}},
    {"Entities", cell("t=\"str\"", "<v>&lt;&#7891;&gt;</v>"), "", {"7: | | Text(<ồ>) |"}},
    {"OnlyALook", cell("s=\"0\"", ""), "", {"7:"}},
    {
        "NoReferences",
        in_rows("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>"),
        "",
        {"1: Number(1) | | Number(3) |", "2: Number(4) |"},
    },
    {
        "SomeReferences",
        in_rows(
            R"(<row r="5"><c><v>1</v></c><c r="D5"><v>4</v></c><c><v>5</v></c></row><row><c><v>6</v></c></row>)"
        ),
        "",
        {"5: Number(1) | | | Number(4) | Number(5) |", "6: Number(6) |"},
    },
    {
        "CellsOutOfOrder",
        in_rows(R"(<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>)"),
        "",
        {"1: Number(1) | | Number(3) |"},
    },
    {
        "RowsOutOfOrder",
        in_rows(R"(<row r="9"><c r="A9"><v>9</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>)"
        ),
        "",
        {"2: Number(2) |", "9: Number(9) |"},
    },
    {
        "ExtensionsAreNotRows",
        in_rows(R"(<row r="1"><c><v>1</v></c></row>)") +
            "<extLst><ext><row r=\"7\"><c><v>2</v></c></row></ext></extLst>",
        "",
        {"1: Number(1) |"},
    },
    {"Prefixed",
     "<x:sheetData xmlns:x=\"x\"><x:row r=\"1\"><x:c><x:v>1</x:v></x:c></x:row></x:sheetData>",
     "",
     {"1: Number(1) |"}},
    {"RowTwice", in_rows(R"(<row r="2"/><row r="2"/>)"), "", {}, "Sheet1: row 2 twice"},
    {
        "CellTwice",
        in_rows(R"(<row r="7"><c r="C7"><v>1</v></c><c r="C7"><v>2</v></c></row>)"),
        "",
        {},
        "Sheet1!C7: twice",
    },
    {
        "CellOfAnotherRow",
        in_rows(R"(<row r="7"><c r="B7"><v>1</v></c><c r="C8"><v>2</v></c></row>)"),
        "",
        {},
        "Sheet1!C7: behind it a cell that says to be elsewhere",
    },
    {"NoNumber", cell("", "<v>abc</v>"), "", {}, "Sheet1!C7: not a number"},
    {"NoSharedText",
     cell("t=\"s\"", "<v>0</v>"),
     "",
     {},
     "Sheet1!C7: a shared text that the workbook does not have"},
    {"NoDate", cell("t=\"d\"", "<v>2024-02-30</v>"), "", {}, "Sheet1!C7: not a date"},
    {"UnknownType", cell("t=\"q\"", "<v>1</v>"), "", {}, "Sheet1!C7: a cell of an unknown type"},
    {"RowBeyondTheLast",
     in_rows(R"(<row r="1048577"/>)"),
     "",
     {},
     "Sheet1: a row that is not among 1 to 1048576"},
    {"RowWithoutANumber",
     in_rows(R"(<row r="x"/>)"),
     "",
     {},
     "Sheet1: a row that is not among 1 to 1048576"},
    {"NotWellFormed", "<sheetData>", "", {}, "xl/sheet1.xml: line 1: mismatched tag"},
};

INSTANTIATE_TEST_SUITE_P(Sheets, ReadSheet, testing::ValuesIn(sheet_cases), test::case_name<SheetCase>);

TEST(ReadXlsx, HandsOnMerges) {
    TableFacts facts;
    const TableSink sink{
        .begin = [&facts](const TableFacts& given) -> Result<void> {
            facts = given;
            return {};
        },
        .row = [](const Row& /*row*/) -> Result<void> { return {}; },
    };
    const std::string merges =
        R"(<mergeCells><mergeCell ref="B2:D3"/><mergeCell ref="A101:B101"/></mergeCells>)";
    ASSERT_TRUE(read_xlsx(test::workbook_of(in_rows("") + merges), {}, sink));
    EXPECT_EQ(facts.name, "Sheet1");
    EXPECT_TRUE(facts.knows_merges);
    EXPECT_EQ(
        facts.merges,
        (std::vector<Merge>{{.first_row = 2, .last_row = 3, .first_column = 1, .last_column = 3}})
    );
    EXPECT_EQ(
        read_xlsx(test::workbook_of(in_rows("") + R"(<mergeCell ref="D3:B2"/>)"), {}, sink)
            .error()
            .message,
        "Sheet1: merged cells that name no area"
    );
}

TEST(ReadXlsx, GivesEveryKindAsOpenpyxlWroteIt) {
    std::vector<std::string> lines;
    ASSERT_TRUE(read_xlsx(test::data_file("kinds.xlsx"), {}, test::line_sink(lines)));
    const std::vector<std::string> expected{
        "1: Number(1) |",
        "2: Number(-2.5) |",
        "3: Number(100000000000000000000) |",
        "4: Number(0.1) |",
        "5: Boolean(true) |",
        "6: Error(#N/A) |",
        "7: =Error(a formula without a stored value) |",
        "8: Number(45460) |",
        "9: Date(2024-06-17) |",
        "10: Date(2024-06-17T08:15:03) |",
        "11: Date(1900-02-28) |",
        "12: Error(a day that never was) |",
        "13: Date(1900-03-01) |",
        "14: Date(08:15:03) |",
        "15: Number(45460) |",
        "16: %Number(0.453) |",
        "17: Date(2024-06-17T12:00:00) |",
        "18: Error(a date outside the calendar) |",
        "19: Text(14/11/2025) |",
        "20: Text(gọn) |",
        "21: Date(2024-06-18) |",
        "22: Date(1900-01-12T00:00:00) |",
        "23: Date(2024-06-17) |",
        "24: Date(1900-01-01T12:00:00) |",
    };
    EXPECT_EQ(lines, expected);
}

TEST(ReadXlsx, ChoosesTheSheet) {
    const std::string bytes = test::data_file("dossiers_hidden_sheet.xlsx");
    const auto first_line = [&bytes](const XlsxOptions& options) {
        std::vector<std::string> lines;
        const auto read = read_xlsx(bytes, options, test::line_sink(lines));
        return read ? lines.at(0) : read.error().message;
    };
    EXPECT_EQ(first_line({}), "1: Text(DANH SÁCH HỒ SƠ (SỐ LIỆU GIẢ)) |");
    EXPECT_EQ(first_line({.sheet = "Ghi chú"}), "1: Text(Sheet ẩn: không phải số liệu) |");
    EXPECT_EQ(
        first_line({.sheet = "Số liệu"}),
        "no sheet 'Số liệu'; the file has: 'Ghi chú' (hidden), 'Hồ sơ'"
    );
}

TEST(ReadXlsx, PassesOnWhatTheSinkSays) {
    const TableSink sink{.row = [](const Row& /*row*/) -> Result<void> {
        return fail(ErrorKind::Stopped, "enough");
    }};
    EXPECT_EQ(
        read_xlsx(test::data_file("kinds.xlsx"), {}, sink).error(),
        (Error{ErrorKind::Stopped, "enough"})
    );
}

}  // namespace
}  // namespace thidua::connectors
