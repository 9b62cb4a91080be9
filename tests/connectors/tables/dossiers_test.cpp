// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The same invented dossiers, whoever wrote the file: openpyxl, LibreOffice, libxlsxwriter, or
// people in a text file of one of five encodings.
#include "connectors/tables/csv_reader.hpp"
#include "connectors/tables/rows_to_json.hpp"
#include "connectors/tables/xlsx_reader.hpp"
#include "core/file.hpp"
#include "tests/connectors/tables/workbook.hpp"
#include "tests/support/case_name.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <xlsxwriter.h>

namespace thidua::connectors {
namespace {

const std::vector<WantedColumn> wanted{
    {.id = "code", .labels = {"Mã hồ sơ", "Số hồ sơ"}, .is_required = true},
    {.id = "procedure", .labels = {"Thủ tục"}},
    {.id = "accepted_at",
     .labels = {"Ngày tiếp nhận"},
     .is_required = true,
     .kind = ValueKind::Time},
    {.id = "fee", .labels = {"Phí, lệ phí (đồng)"}, .kind = ValueKind::Dong},
    {.id = "share", .labels = {"Tỷ lệ"}, .kind = ValueKind::Percent},
    {.id = "channel", .labels = {"Hình thức"}},
};

const std::vector<std::string> dossiers{
    R"({"code":"H99.1-240617-0001","procedure":"Đăng ký biến động đất đai","accepted_at":"2024-06-17T08:15:03","fee":450000,"share":"45.3%","channel":"Trực tuyến"})",
    R"({"code":"H99.1-240617-0002","procedure":"Cấp giấy phép; khai thác","accepted_at":"2024-06-17T23:59:59","fee":0,"share":"100%","channel":"Trực tiếp"})",
    R"({"code":"H99.1-240618-0003","procedure":"Hồ sơ \"mẫu\" số 3","accepted_at":"2024-06-18T00:00:01","fee":1234567,"share":"7%","channel":"Bưu chính"})",
    R"({"code":"0012","procedure":"Đo đạc\nbản đồ","accepted_at":"2024-12-31T12:00:00","fee":12000,"share":"50%","channel":"Trực tuyến"})",
};

struct Table {
    std::vector<std::string> records;
    std::string error;
    SkippedRows skipped;
};

/// Reads a table through `reader`, with rows that are wrong as errors.
template <class Reader>
Table records_of(RowOptions options, const Reader& reader) {
    Table table;
    RowsToJson to_json(
        std::move(options),
        {
            .record = [&table](const JsonRow& row) -> Result<void> {
                table.records.push_back(row.json);
                return {};
            },
            .wrong = [](std::int64_t /*line*/, const Error& error) -> Result<void> {
                return std::unexpected(error);
            },
        }
    );
    Result<void> read = reader(to_json.table_sink());
    read = read ? to_json.finish() : read;
    table.error = read ? "" : read.error().message;
    table.skipped = to_json.skipped();
    return table;
}

struct FileCase {
    std::string name;
    std::string file;
    Encoding encoding = Encoding::Utf8;

    friend void PrintTo(const FileCase& row, std::ostream* out) { *out << row.name; }
};

class SameDossiers : public testing::TestWithParam<FileCase> {};

TEST_P(SameDossiers, WhoeverWroteTheFile) {
    const std::string bytes = test::data_file(GetParam().file);
    const bool is_workbook = GetParam().file.ends_with(".xlsx");
    const auto table =
        records_of({.wanted = wanted, .has_exact_width = !is_workbook}, [&](const TableSink& sink) {
            return is_workbook ? read_xlsx(bytes, {}, sink)
                               : read_csv(bytes, {.encoding = GetParam().encoding}, sink);
        });
    EXPECT_EQ(table.error, "");
    EXPECT_EQ(table.records, dossiers);
    EXPECT_EQ(table.skipped.totals, 1);
}

const FileCase file_cases[] = {
    {"Openpyxl", "dossiers_openpyxl.xlsx"},
    {"LibreOffice", "dossiers_libreoffice.xlsx"},
    {"HiddenSheetInFront", "dossiers_hidden_sheet.xlsx"},
    {"Epoch1904", "dossiers_1904.xlsx"},
    {"Utf8Semicolon", "dossiers_utf8_semicolon.csv"},
    {"Utf8Tab", "dossiers_tab.tsv"},
    {"Utf16Comma", "dossiers_comma_utf16.csv"},
    {"Windows1258", "dossiers_windows1258.csv", Encoding::Windows1258},
    {"Tcvn3", "dossiers_tcvn3.csv", Encoding::Tcvn3},
    {"Viscii", "dossiers_viscii.csv", Encoding::Viscii},
};

INSTANTIATE_TEST_SUITE_P(Files, SameDossiers, testing::ValuesIn(file_cases), test::case_name<FileCase>);

/// The dossiers as libxlsxwriter writes them: with shared texts, dates by a number of Excel's own.
std::string by_libxlsxwriter(const std::string& path) {
    lxw_workbook* book = workbook_new(path.c_str());
    lxw_worksheet* sheet = workbook_add_worksheet(book, "Hồ sơ");
    lxw_format* time = workbook_add_format(book);
    format_set_num_format_index(time, 22);
    lxw_format* percent = workbook_add_format(book);
    format_set_num_format_index(percent, 10);
    lxw_col_t at = 0;
    for (const WantedColumn& column : wanted) {
        worksheet_write_string(sheet, 0, at++, column.labels[0].c_str(), nullptr);
    }
    struct Dossier {
        const char* code;
        const char* procedure;
        lxw_datetime accepted_at;
        double fee;
        double share;
        const char* channel;
    };
    const Dossier rows[] = {
        {"H99.1-240617-0001",
         "Đăng ký biến động đất đai",
         {2024, 6, 17, 8, 15, 3},
         450'000,
         0.453,
         "Trực tuyến"},
        {"H99.1-240617-0002",
         "Cấp giấy phép; khai thác",
         {2024, 6, 17, 23, 59, 59},
         0,
         1,
         "Trực tiếp"},
        {"H99.1-240618-0003",
         "Hồ sơ \"mẫu\" số 3",
         {2024, 6, 18, 0, 0, 1},
         1'234'567,
         0.07,
         "Bưu chính"},
        {"0012", "Đo đạc\nbản đồ", {2024, 12, 31, 12, 0, 0}, 12'000, 0.5, "Trực tuyến"},
    };
    lxw_row_t line = 1;
    for (const Dossier& row : rows) {
        lxw_datetime accepted_at = row.accepted_at;
        worksheet_write_string(sheet, line, 0, row.code, nullptr);
        worksheet_write_string(sheet, line, 1, row.procedure, nullptr);
        worksheet_write_datetime(sheet, line, 2, &accepted_at, time);
        worksheet_write_formula_num(sheet, line, 3, "=1*1", nullptr, row.fee);
        worksheet_write_number(sheet, line, 4, row.share, percent);
        worksheet_write_string(sheet, line, 5, row.channel, nullptr);
        ++line;
    }
    EXPECT_EQ(workbook_close(book), LXW_NO_ERROR);
    constexpr std::uintmax_t bytes_max = 1024 * 1024;
    return read_file(path, bytes_max).value_or("");
}

TEST(SameDossiersAgain, FromLibxlsxwriter) {
    const test::TemporaryFolder folder;
    const std::string bytes = by_libxlsxwriter(folder.path() / "dossiers.xlsx");
    const auto table = records_of({.wanted = wanted}, [&](const TableSink& sink) {
        return read_xlsx(bytes, {}, sink);
    });
    EXPECT_EQ(table.error, "");
    EXPECT_EQ(table.records, dossiers);
}

TEST(WrongEncoding, IsAnErrorWithTheLineAndTheRemedy) {
    const std::string bytes = test::data_file("dossiers_tcvn3.csv");
    const auto table = records_of({.wanted = wanted}, [&](const TableSink& sink) {
        return read_csv(bytes, {}, sink);
    });
    EXPECT_EQ(table.error, "line 1: bytes that are not UTF-8; declare the file's encoding");
    EXPECT_EQ(table.records, std::vector<std::string>{});
}

TEST(TwoRowHeader, ReadsUpperAndLowerLabels) {
    const std::string bytes = test::data_file("two_row_header.xlsx");
    const RowOptions options{
        .wanted =
            {
                {.id = "unit_code", .labels = {"Mã đơn vị"}, .is_required = true},
                {.id = "online", .labels = {"Tiếp nhận / Trực tuyến"}, .kind = ValueKind::Count},
                {.id = "direct", .labels = {"Trực tiếp"}, .kind = ValueKind::Count},
                {.id = "late", .labels = {"Giải quyết: quá hạn"}, .kind = ValueKind::Count},
            },
    };
    const auto table =
        records_of(options, [&](const TableSink& sink) { return read_xlsx(bytes, {}, sink); });
    EXPECT_EQ(table.error, "");
    EXPECT_EQ(
        table.records,
        (std::vector<std::string>{
            R"({"unit_code":"H99.1","online":12,"direct":3,"late":0})",
            R"({"unit_code":"H99.2","online":1200,"direct":0,"late":7})"})
    );
    EXPECT_EQ(table.skipped, (SkippedRows{.totals = 1, .above = 1, .numbering = 1}));
}

}  // namespace
}  // namespace thidua::connectors
