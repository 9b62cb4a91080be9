// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/header.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::connectors {
namespace {

const std::vector<WantedColumn> wanted{
    {.id = "code", .labels = {"Mã hồ sơ", "Số hồ sơ", "Mã HS"}, .is_required = true},
    {.id = "accepted_at", .labels = {"Ngày tiếp nhận"}, .kind = ValueKind::Time},
    {.id = "online", .labels = {"Tiếp nhận / Trực tuyến"}, .kind = ValueKind::Count},
    {.id = "fee", .labels = {"Phí, lệ phí"}, .kind = ValueKind::Dong},
};

using Labels = std::vector<std::vector<std::string>>;

std::vector<KeptRow> rows_of(const Labels& labels) {
    std::vector<KeptRow> rows;
    for (const auto& line : labels) {
        KeptRow row{.number = static_cast<std::int64_t>(rows.size()) + 1, .cells = {}};
        for (const std::string& label : line) {
            row.cells.push_back({
                .kind = label.empty() ? CellKind::Empty : CellKind::Text,
                .text = label,
            });
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

struct HeaderCase {
    std::string name;
    Labels labels;
    std::vector<Merge> merges;
    Header header;
    std::string error{};
    bool is_csv = false;

    friend void PrintTo(const HeaderCase& row, std::ostream* out) { *out << row.name; }
};

class FindHeader : public testing::TestWithParam<HeaderCase> {};

TEST_P(FindHeader, ByItsLabels) {
    const auto& row = GetParam();
    const TableFacts facts{.name = "S", .merges = row.merges, .knows_merges = !row.is_csv};
    const auto header = find_header(rows_of(row.labels), facts, wanted);
    EXPECT_EQ(header ? "" : header.error().message, row.error);
    if (header && row.error.empty()) {
        EXPECT_EQ(header->first, row.header.first);
        EXPECT_EQ(header->last, row.header.last);
        EXPECT_EQ(header->columns, row.header.columns);
    }
}

constexpr auto none = std::nullopt;

const HeaderCase header_cases[] = {
    {
        "FirstRow",
        {{"Mã hồ sơ", "Ngày tiếp nhận"}, {"x", "y"}},
        {},
        {.first = 0, .last = 0, .columns = {0, 1, none, none}},
    },
    {
        "AnyOrderBelowTitles",
        {{"BÁO CÁO"}, {}, {"Phí, lệ phí", "", "NGÀY TIẾP NHẬN", "Mã HS"}},
        {},
        {.first = 2, .last = 2, .columns = {3, 2, none, 0}},
    },
    {
        "BlindToMarksCaseAndBreaks",
        {{"MA HO SO (*)", "Ngày\r\ntiếp – nhận:", "“Phí” lệ phí"}},
        {},
        {.first = 0, .last = 0, .columns = {0, 1, none, 2}},
    },
    {
        "TwoRows",
        {
            {"Mã hồ sơ", "Tiếp nhận", "", "Phí, lệ phí"},
            {"", "Trực\ntuyến", "Trực tiếp", ""},
            {"x", "1", "2", "3"},
        },
        {
            {.first_row = 1, .last_row = 2, .first_column = 0, .last_column = 0},
            {.first_row = 1, .last_row = 1, .first_column = 1, .last_column = 2},
        },
        {.first = 0, .last = 1, .columns = {0, none, 1, 3}},
    },
    {
        "UpperLabelOverSeveralColumns",
        {{"Mã hồ sơ", "Tiếp nhận", ""}, {"", "Trực tiếp", "Trực tuyến"}},
        {{.first_row = 1, .last_row = 1, .first_column = 1, .last_column = 2}},
        {.first = 0, .last = 1, .columns = {0, none, 2, none}},
    },
    {
        "UpperLabelInCsv",
        {{"Mã hồ sơ", "Tiếp nhận", ""}, {"", "Trực tiếp", "Trực tuyến"}},
        {},
        {.first = 0, .last = 1, .columns = {0, none, 2, none}},
        "",
        true,
    },
    {
        "LowerLabelsAlone",
        {{"Hồ sơ", "", ""}, {"Mã hồ sơ", "Ngày tiếp nhận", "Ghi chú"}},
        {{.first_row = 1, .last_row = 1, .first_column = 0, .last_column = 2}},
        {.first = 1, .last = 1, .columns = {0, 1, none, none}},
    },
    {
        "OneRowThatReachesDown",
        {{"Mã hồ sơ", "Kết quả", ""}, {"", "Đúng hạn", "Quá hạn"}, {"x", "1", "2"}},
        {
            {.first_row = 1, .last_row = 2, .first_column = 0, .last_column = 0},
            {.first_row = 1, .last_row = 1, .first_column = 1, .last_column = 2},
        },
        {.first = 0, .last = 1, .columns = {0, none, none, none}},
    },
    {
        "Missing",
        {{"BÁO CÁO"}, {"Mã hồ sx", "Ngày tiếp nhận"}},
        {},
        {},
        "header in row 2: no column 'Mã hồ sơ' or 'Số hồ sơ' or 'Mã HS' for code; there are "
        "'Mã hồ sx', 'Ngày tiếp nhận'; did you mean 'Mã hồ sx'?",
    },
    {
        "Twice",
        {{"Mã hồ sơ", "Ngày tiếp nhận", "Số hồ sơ"}},
        {},
        {},
        "header in row 1: two columns for code: 'Mã hồ sơ' in A and 'Số hồ sơ' in C",
    },
    {
        "None",
        {{"a", "b"}, {"c", "d"}},
        {},
        {},
        "none of the first 30 rows has a label that was looked for, such as 'Mã hồ sơ'",
    },
    {"NoRows",
     {},
     {},
     {},
     "none of the first 30 rows has a label that was looked for, such as 'Mã hồ sơ'"},
};

INSTANTIATE_TEST_SUITE_P(Headers, FindHeader, testing::ValuesIn(header_cases), test::case_name<HeaderCase>);

TEST(FindHeaderAmong, TheFirstThirtyRows) {
    Labels labels(29, {"x"});
    labels.push_back({"Mã hồ sơ"});
    EXPECT_EQ(find_header(rows_of(labels), {}, wanted).value().first, 29U);
    labels.insert(labels.begin(), {"x"});
    EXPECT_FALSE(find_header(rows_of(labels), {}, wanted));
}

}  // namespace
}  // namespace thidua::connectors
