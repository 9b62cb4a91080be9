// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/template_xlsx.hpp"
#include "connectors/tables/xlsx_reader.hpp"
#include "tests/connectors/tables/workbook.hpp"

#include <gtest/gtest.h>

namespace thidua::connectors {
namespace {

const std::vector<TemplateColumn> columns{
    {.id = "code", .label = "Mã hồ sơ", .note = "Số hiệu của hồ sơ", .is_required = true},
    {.id = "accepted_at",
     .label = "Ngày tiếp nhận",
     .note = "Khi hồ sơ được nhận",
     .kind = ValueKind::Time},
    {.id = "count", .label = "Số lượng", .width = 12, .kind = ValueKind::Count},
    {.id = "fee", .label = "Phí, lệ phí (đồng)", .kind = ValueKind::Dong},
    {.id = "share", .label = "Tỷ lệ", .kind = ValueKind::Percent},
    {.id = "channel",
     .label = "Hình thức",
     .words = {"Trực tuyến", "Trực tiếp, tại quầy", "Bưu chính"}},
};

std::vector<std::string> lines_of(const std::string& bytes, const XlsxOptions& options) {
    std::vector<std::string> lines;
    const auto read = read_xlsx(bytes, options, test::line_sink(lines));
    EXPECT_TRUE(read) << read.error().message;
    return lines;
}

TEST(TemplateXlsx, IsReadBack) {
    const std::string bytes = template_xlsx({"Danh sách hồ sơ", "hồ sơ"}, columns).value();
    EXPECT_EQ(
        lines_of(bytes, {}),
        (std::vector<std::string>{
            "1: Text(Danh sách hồ sơ) |",
            "2: Text(Mã hồ sơ) | Text(Ngày tiếp nhận) | Text(Số lượng) | Text(Phí, lệ phí (đồng)) "
            "| "
            "Text(Tỷ lệ) | Text(Hình thức) |"})
    );
}

TEST(TemplateXlsx, ExplainsEachColumn) {
    const std::string bytes = template_xlsx({"Danh sách hồ sơ", "hồ sơ"}, columns).value();
    const auto guide = lines_of(bytes, {.sheet = "Hướng dẫn"});
    ASSERT_EQ(guide.size(), 10U);
    EXPECT_EQ(
        guide[0],
        "1: Text(Cột) | Text(Bắt buộc) | Text(Ý nghĩa) | Text(Cách ghi) | Text(Giá trị được phép) |"
    );
    EXPECT_EQ(
        guide[1],
        "2: Text(Mã hồ sơ) | Text(Có) | Text(Số hiệu của hồ sơ) | Text(Chữ, ghi đúng như trên hồ "
        "sơ) |"
    );
    EXPECT_EQ(
        guide[6],
        "7: Text(Hình thức) | Text(Không) | | Text(Chọn trong danh sách) | "
        "Text(Trực tuyến; Trực tiếp, tại quầy; Bưu chính) |"
    );
    EXPECT_EQ(
        lines_of(bytes, {.sheet = "Danh mục"}),
        (std::vector<std::string>{
            "1: | | | | | Text(Trực tuyến) |",
            "2: | | | | | Text(Trực tiếp, tại quầy) |",
            "3: | | | | | Text(Bưu chính) |"})
    );
}

TEST(TemplateXlsx, SaysWhatARowIsAboutAndWhatElseThereIsToKnow) {
    const TemplateWords words{"Danh mục", "đơn vị", {"Bảng là toàn bộ danh mục."}};
    const auto guide = lines_of(template_xlsx(words, columns).value(), {.sheet = "Hướng dẫn"});
    ASSERT_EQ(guide.size(), 11U);
    EXPECT_EQ(guide[7].find("9: Text(Mỗi đơn vị một dòng, "), 0U) << guide[7];
    EXPECT_EQ(guide[10], "12: Text(Bảng là toàn bộ danh mục.) |");
}

TEST(TemplateXlsx, GivesTheSameBytesAgain) {
    EXPECT_EQ(
        template_xlsx({"Danh sách", "hồ sơ"}, columns).value(),
        template_xlsx({"Danh sách", "hồ sơ"}, columns).value()
    );
    EXPECT_NE(
        template_xlsx({"Danh sách", "hồ sơ"}, columns).value(),
        template_xlsx({"Biểu", "hồ sơ"}, columns).value()
    );
}

TEST(TemplateXlsx, HasItsColumnsFoundByTheirLabels) {
    std::vector<WantedColumn> wanted;
    for (const TemplateColumn& column : columns) {
        wanted.push_back(
            {.id = column.id, .labels = {column.label}, .is_required = true, .kind = column.kind}
        );
    }
    std::vector<KeptRow> rows;
    const TableSink sink{.row = [&rows](const Row& row) -> Result<void> {
        rows.push_back({row.number, {row.cells.begin(), row.cells.end()}});
        return {};
    }};
    ASSERT_TRUE(read_xlsx(template_xlsx({"Danh sách", "hồ sơ"}, columns).value(), {}, sink));
    const auto header = find_header(rows, {}, wanted);
    ASSERT_TRUE(header) << header.error().message;
    EXPECT_EQ(header->first, 1U);
}

TEST(TemplateXlsx, RefusesColumnsThatCannotBeToldApart) {
    EXPECT_EQ(template_xlsx({"x", "hồ sơ"}, {}).error().kind, ErrorKind::Usage);
    const std::vector<TemplateColumn> twice{
        {.id = "a", .label = "Mã"}, {.id = "b", .label = "MÃ:"}};
    EXPECT_EQ(
        template_xlsx({"x", "hồ sơ"}, twice).error(),
        (Error{ErrorKind::Usage, "two columns called 'MÃ:'"})
    );
}

}  // namespace
}  // namespace thidua::connectors
