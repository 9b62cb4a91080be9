// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/rows_to_json.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::connectors {
namespace {

const RowOptions options{
    .wanted =
        {
            {.id = "code", .labels = {"Mã"}, .is_required = true},
            {.id = "at", .labels = {"Ngày"}, .kind = ValueKind::Time},
            {.id = "count", .labels = {"Số lượng"}, .is_required = true, .kind = ValueKind::Count},
            {.id = "fee", .labels = {"Phí"}, .kind = ValueKind::Dong},
            {.id = "share", .labels = {"Tỷ lệ"}, .kind = ValueKind::Percent},
        },
};
const Header header{.first = 0, .last = 0, .columns = {0, 1, 2, 3, 4}, .fields = 5};

struct RowCase {
    std::string name;
    std::vector<Cell> cells;
    RowKind kind;
    std::string json;
    std::string error{};

    friend void PrintTo(const RowCase& row, std::ostream* out) { *out << row.name; }
};

class RowToJson : public testing::TestWithParam<RowCase> {};

TEST_P(RowToJson, GivesOneObject) {
    const auto& row = GetParam();
    std::string json;
    const auto kind = row_to_json({7, row.cells}, header, options, "Sheet1", json);
    EXPECT_EQ(kind ? "" : kind.error().message, row.error);
    if (kind && row.error.empty()) {
        EXPECT_EQ(*kind, row.kind);
        EXPECT_EQ(*kind == RowKind::Record ? json : "", row.json);
    }
}

const Cell empty{};
Cell text(const char* content) {
    return {.kind = CellKind::Text, .text = content};
}
Cell number(const char* content) {
    return {.kind = CellKind::Number, .text = content};
}
Cell date(const char* content) {
    return {.kind = CellKind::Date, .text = content};
}
Cell share(const char* content) {
    return {.kind = CellKind::Number, .text = content, .is_percent = true};
}
Cell error(const char* content) {
    return {.kind = CellKind::Error, .text = content};
}

const RowCase row_cases[] = {
    {
        "FromASheet",
        {text("H1"), date("2024-06-17T08:15:03"), number("3"), number("450000"), share("0.453")},
        RowKind::Record,
        R"({"code":"H1","at":"2024-06-17T08:15:03","count":3,"fee":450000,"share":"45.3%"})",
    },
    {
        "FromText",
        {text("H1"), text("17/06/2024 08:15:03"), text("3"), text("450.000 đ"), text("45,3%")},
        RowKind::Record,
        R"({"code":"H1","at":"2024-06-17T08:15:03","count":3,"fee":450000,"share":"45.3%"})",
    },
    {"NumberForACode", {number("12")}, RowKind::Record, R"({"code":"12"})"},
    {"ZerosInFront", {text("0012")}, RowKind::Record, R"({"code":"0012"})"},
    {"DayAlone",
     {text("a"), date("2024-06-17")},
     RowKind::Record,
     R"({"code":"a","at":"2024-06-17"})"},
    {"Escaped",
     {text("a\"\\\n\t\x01"
           "b")},
     RowKind::Record,
     R"({"code":"a\"\\\n\u0009\u0001b"})"},
    {"EmptyLeftOut", {text("a"), empty, number("1")}, RowKind::Record, R"({"code":"a","count":1})"},
    {"Empty", {}, RowKind::Empty, ""},
    {"EmptyCells", {empty, empty}, RowKind::Empty, ""},
    {"OnlyUnwanted", {empty, empty, empty, empty, empty, text("ghi chú")}, RowKind::Empty, ""},
    {"Total", {text("Tổng cộng"), empty, number("45")}, RowKind::Total, ""},
    {"TotalBehindTheCode", {empty, text("CỘNG:"), text("45")}, RowKind::Total, ""},
    {"TotalWithACode",
     {text("H1"), text("Cộng")},
     RowKind::Total,
     "",
     "Sheet1!B7: not a day of the calendar, as dd/MM/yyyy"},
    {"WholeHundred",
     {text("a"), empty, empty, empty, share("1")},
     RowKind::Record,
     R"({"code":"a","share":"100%"})"},
    {"NotADate",
     {text("a"), text("30/02/2024")},
     {},
     "",
     "Sheet1!B7: not a day of the calendar, as dd/MM/yyyy"},
    {"NumberForADate",
     {text("a"), number("45460")},
     {},
     "",
     "Sheet1!B7: not a date; give the column a date's format"},
    {"TimeWithoutADay",
     {text("a"), date("08:15:03")},
     {},
     "",
     "Sheet1!B7: not a day of the calendar, as dd/MM/yyyy"},
    {"NotWhole", {text("a"), empty, number("1.5")}, {}, "", "Sheet1!C7: not a whole number"},
    {"NotANumber",
     {text("a"), empty, text("ba")},
     {},
     "",
     "Sheet1!C7: not a number in the locale of this table"},
    {"TruthForANumber",
     {text("a"), empty, {.kind = CellKind::Boolean, .text = "true"}},
     {},
     "",
     "Sheet1!C7: not a number"},
    {"PartOfADong",
     {text("a"), empty, empty, text("0,5 đồng")},
     {},
     "",
     "Sheet1!D7: not a whole number"},
    {"BarePercent",
     {text("a"), empty, empty, empty, number("45.3")},
     {},
     "",
     "Sheet1!E7: not per cent: neither written with the sign nor shown with it"},
    {"ErrorCell", {error("#N/A")}, {}, "", "Sheet1!A7: an error of the spreadsheet"},
    {"Uncalculated",
     {error("a formula without a stored value")},
     {},
     "",
     "Sheet1!A7: a formula without a stored value"},
};

INSTANTIATE_TEST_SUITE_P(Rows, RowToJson, testing::ValuesIn(row_cases), test::case_name<RowCase>);

TEST(RowToJson, ADateIsADayWithoutATime) {
    const RowOptions days{
        .wanted = {{.id = "from", .labels = {"Từ ngày"}, .kind = ValueKind::Date}}};
    const Header one{.first = 0, .last = 0, .columns = {0}, .fields = 1};
    const auto read = [&](const Cell& cell) {
        std::string json;
        const std::vector<Cell> cells{cell};
        const auto kind = row_to_json({7, cells}, one, days, "", json);
        return kind ? json : kind.error().message;
    };
    EXPECT_EQ(read(date("2024-06-17")), R"({"from":"2024-06-17"})");
    EXPECT_EQ(read(date("2024-06-17T00:00:00")), R"({"from":"2024-06-17"})");
    EXPECT_EQ(read(text("17/6/2024")), R"({"from":"2024-06-17"})");
    EXPECT_EQ(
        read(text("17/06/2024 08:15")), "line 7, column A: a time of day behind a day that has none"
    );
    EXPECT_EQ(
        read(number("45460")), "line 7, column A: not a date; give the column a date's format"
    );
}

/// What a table came to.
struct Reading {
    std::vector<std::string> records;
    std::vector<std::string> wrong;
    SkippedRows skipped;
    std::string error;
};

Reading read(const std::vector<std::vector<Cell>>& rows, const RowOptions& given) {
    Reading reading;
    RowsToJson to_json(
        given,
        {
            .record = [&](const JsonRow& row) -> Result<void> {
                reading.records.push_back(std::to_string(row.number) + row.json);
                return {};
            },
            .wrong = [&](std::int64_t line, const Error& problem) -> Result<void> {
                reading.wrong.push_back(std::to_string(line) + ": " + problem.message);
                return {};
            },
        }
    );
    const TableSink sink = to_json.table_sink();
    Result<void> result = sink.begin({});
    std::int64_t line = 0;
    for (const auto& cells : rows) {
        result = result ? sink.row({++line, cells}) : result;
    }
    result = result ? to_json.finish() : result;
    reading.error = result ? "" : result.error().message;
    reading.skipped = to_json.skipped();
    return reading;
}

const std::vector<Cell> labels{
    text("Mã"), text("Ngày"), text("Số lượng"), text("Phí"), text("Tỷ lệ")};

TEST(TableToJson, SkipsAndCountsWhatIsNoRecord) {
    const auto reading = read(
        {
            {text("BÁO CÁO")},
            labels,
            {text("(1)"), text("(2)"), text("(3)"), text("(4)=(2)+(3)"), text("(5)")},
            {text("a"), empty, text("1")},
            {empty},
            {text("b"), empty, text("1,5")},
            {text("Tổng cộng"), empty, text("2")},
        },
        options
    );
    EXPECT_EQ(reading.error, "");
    EXPECT_EQ(reading.records, std::vector<std::string>{R"(4{"code":"a","count":1})"});
    EXPECT_EQ(reading.wrong, std::vector<std::string>{"6: line 6, column C: not a whole number"});
    EXPECT_EQ(reading.skipped, (SkippedRows{.empty = 1, .totals = 1, .above = 1, .numbering = 1}));
}

TEST(TableToJson, HandsOnALongTableAsItIsRead) {
    std::vector<std::vector<Cell>> rows{labels};
    for (int line = 0; line < 100; ++line) {
        rows.push_back({text("a"), empty, number("1")});
    }
    EXPECT_EQ(read(rows, options).records.size(), 100U);
}

TEST(TableToJson, RefusesAnotherWidthWhereItMustBeExact) {
    RowOptions exact = options;
    exact.has_exact_width = true;
    const auto reading = read(
        {
            labels,
            {text("a"), empty, text("1"), empty, empty},
            {text("b"), empty, text("1")},
            {text("c"), empty, text("1"), empty, empty, text("2")},
            {text("Cộng")},
        },
        exact
    );
    EXPECT_EQ(reading.records, std::vector<std::string>{R"(2{"code":"a","count":1})"});
    EXPECT_EQ(
        reading.wrong,
        (std::vector<std::string>{
            "3: line 3: 3 columns; the header has 5", "4: line 4: 6 columns; the header has 5"})
    );
    EXPECT_EQ(reading.skipped.totals, 1);
}

TEST(TableToJson, SaysThatThereIsNoHeader) {
    EXPECT_EQ(
        read({{text("x")}}, options).error,
        "the file: none of the first 30 rows has a label that was looked for, such as 'Mã'"
    );
}

}  // namespace
}  // namespace thidua::connectors
