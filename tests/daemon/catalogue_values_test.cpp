// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the rows of a catalogue's table come to, and what is said about those that are wrong.
#include "daemon/catalogue_values.hpp"

#include "daemon/file_words.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

using config::Catalogue;
using Lines = std::vector<std::string>;

Day day(const char* text) {
    return *parse_day(text);
}

CatalogueTable table_of(Catalogue which, std::string_view csv) {
    auto table = read_catalogue_table(which, {"bang.csv", csv});
    EXPECT_TRUE(table) << table.error().message;
    return table ? *std::move(table) : CatalogueTable{};
}

Lines lines_of(const std::vector<RowMistake>& mistakes) {
    Lines lines;
    for (const RowMistake& mistake : mistakes) {
        lines.push_back(to_text(mistake));
    }
    return lines;
}

DatedUnit unit(std::string code, std::string name, std::optional<std::string> parent) {
    DatedUnit made;
    made.code = std::move(code);
    made.name = std::move(name);
    made.parent = std::move(parent);
    return made;
}

/// A small agency, as the configuration has it.
config::Catalogues present() {
    config::Catalogues values;
    values.units = {
        unit("H37.10", "Sở Ví dụ", std::nullopt),
        unit("H37.10.01", "Văn phòng", "H37.10"),
        unit("H37.10.05", "Phòng Mẫu", "H37.10"),
    };
    values.units[2].changes = {{day("2024-10-01"), "Phòng Mẫu mới", std::nullopt}};
    values.units[2].aliases = {{"X5", {}}, {"X6", {day("2024-07-01"), {}}}};
    values.procedures = {
        {"1.000001", "Một mốc", {"H37.10.05"}, {{day("2023-10-27"), Level::Partial}}, {}},
        {"1.000002",
         "Hai mốc",
         {"H37.10.05"},
         {{day("2023-10-27"), Level::Partial}, {day("2024-08-15"), Level::Full}},
         {{day("2023-10-27"), true}}},
    };
    values.officers = {
        {"CB-001", "Nguyễn Văn Mẫu", "H37.10.01", "Chuyên viên", {day("2024-01-01"), {}}}};
    return values;
}

CatalogueValues read(Catalogue which, std::string_view csv, std::optional<Day> from = {}) {
    const config::Catalogues basis = present();
    return catalogue_values(table_of(which, csv), {basis, from});
}

TEST(UnitValues, AreFoundByLabelsAndMadeCanonical) {
    const auto result = read(
        Catalogue::Units,
        "DANH MỤC\n"
        "ten don vi;MÃ ĐƠN VỊ *;Mã đơn vị cấp trên;Mã khác;Từ ngày;Đến ngày;Sáp nhập vào\n"
        "Sở Ví dụ;000.00.10.H37;;;;;\n"
        "\"Phòng  Một\nvà Hai\";h37.10.02;H37.10;\"A1; 000.02.10.H37\n003.05.10.H37;A1\";;;\n"
        "Phòng cũ;H37.10.03;000.00.10.H37;;01/02/2024;30/9/2024;000.02.10.H37\n"
    );
    EXPECT_EQ(lines_of(result.mistakes), Lines{});
    EXPECT_EQ(result.kept, Lines{});
    auto second = unit("H37.10.02", "Phòng Một và Hai", "H37.10");
    second.aliases = {{"A1", {}}, {"003.05.10.H37", {}}};
    auto third = unit("H37.10.03", "Phòng cũ", "H37.10");
    third.days = {day("2024-02-01"), day("2024-09-30")};
    third.merged_into = "H37.10.02";
    EXPECT_EQ(
        result.values.units,
        (std::vector<DatedUnit>{unit("H37.10", "Sở Ví dụ", std::nullopt), second, third})
    );
}

TEST(UnitValues, KeepWhatATableHasNoPlaceFor) {
    const auto result = read(
        Catalogue::Units,
        "Mã đơn vị,Tên đơn vị,Mã đơn vị cấp trên,Mã khác,Từ ngày,Đến ngày\n"
        "H37.10,Sở Ví dụ,,,,\n"
        "H37.10.05,Phòng Mẫu mới,H37.10,X6;X7,,\n"
    );
    EXPECT_EQ(lines_of(result.mistakes), Lines{});
    ASSERT_EQ(result.values.units.size(), 2U);
    auto kept = present().units[2];
    kept.aliases = {{"X6", {day("2024-07-01"), {}}}, {"X7", {}}};
    EXPECT_EQ(result.values.units[1], kept);  // still called "Phòng Mẫu" until it was renamed
    EXPECT_EQ(
        result.kept,
        (Lines{"H37.10.05: renames and moves (changes: 1)", "H37.10.05: the dated alias X6"})
    );
}

TEST(UnitValues, AColumnThatIsNotThereSaysNothing) {
    const auto result = read(
        Catalogue::Units,
        "Mã đơn vị,Tên đơn vị\nH37.10,Sở\nH37.10.01,Văn phòng\nH37.10.05,Phòng Mẫu\n"
    );
    EXPECT_EQ(lines_of(result.mistakes), Lines{});
    auto expected = present().units;
    expected[0].name = "Sở";
    EXPECT_EQ(result.values.units, expected);
    EXPECT_EQ(
        result.kept,
        (Lines{
            "H37.10.05: renames and moves (changes: 1)",
            "H37.10.05: the dated alias X6",
            "\"Mã đơn vị cấp trên\", for which the table has no column",
            "\"Mã khác\", for which the table has no column"})
    );
}

TEST(UnitValues, ACodeMayBeUsedAgainLater) {
    const auto result = read(
        Catalogue::Units,
        "Mã đơn vị,Tên đơn vị,Mã đơn vị cấp trên,Từ ngày,Đến ngày\n"
        "H37.10,Sở,,,\nH37.10.07,Cũ,H37.10,,30/06/2024\nH37.10.07,Mới,H37.10,01/07/2024,\n"
    );
    EXPECT_EQ(lines_of(result.mistakes), Lines{});
    EXPECT_EQ(result.values.units.size(), 3U);
}

TEST(ProcedureValues, RowsOfOneProcedureAreItsHistory) {
    const auto result = read(
        Catalogue::Procedures,
        "Mã TTHC;Tên TTHC;Mã đơn vị;Mức độ;Có phí, lệ phí;Từ ngày\n"
        "1.000009.000.00.00.H37;Thủ tục Chín;H37.10.05;toàn trình;có;15/08/2024\n"
        "1.000009;Thủ tục Chín;H37.10.01;Mức độ 3;Không;2023-10-27\n"
        "1.000009;Thủ tục Chín;H37.10.05;TOAN TRINH;Co;01/09/2024\n"
        "1.000008;Thủ tục Tám;H37.10.05;2;;01/01/2024\n"
        "1.000007;Thủ tục Bảy;000.05.10.H37;cung cấp thông tin;;01/01/2024\n"
    );
    EXPECT_EQ(lines_of(result.mistakes), Lines{});
    EXPECT_EQ(
        result.values.procedures,
        (std::vector<Procedure>{
            {"1.000009",
             "Thủ tục Chín",
             {"H37.10.05", "H37.10.01"},
             {{day("2023-10-27"), Level::Partial}, {day("2024-08-15"), Level::Full}},
             {{day("2023-10-27"), false}, {day("2024-08-15"), true}}},
            {"1.000008",
             "Thủ tục Tám",
             {"H37.10.05"},
             {{day("2024-01-01"), Level::Information}},
             {}},
            {"1.000007",
             "Thủ tục Bảy",
             {"H37.10.05"},
             {{day("2024-01-01"), Level::Information}},
             {}}})
    );
}

TEST(ProcedureValues, ARowWithoutADayHoldsFromTheFirstDayThatIsKnown) {
    const std::string_view csv =
        "Mã TTHC;Tên TTHC;Mã đơn vị;Mức độ;Có phí, lệ phí\n"
        "1.000001;Một mốc;H37.10.05;4;Có\n"
        "1.000002;Hai mốc;H37.10.05;4;Có\n"
        "1.000003;Mới;H37.10.05;3;Không\n";
    const auto result = read(Catalogue::Procedures, csv, day("2024-03-01"));
    EXPECT_EQ(lines_of(result.mistakes), Lines{});
    ASSERT_EQ(result.values.procedures.size(), 3U);
    const auto& procedures = result.values.procedures;
    using Levels = std::vector<Procedure::DatedLevel>;
    using Fees = std::vector<Procedure::DatedFee>;
    EXPECT_EQ(procedures[0].levels, (Levels{{day("2023-10-27"), Level::Full}}));
    EXPECT_EQ(procedures[0].fees, (Fees{{day("2023-10-27"), true}}));
    EXPECT_EQ(procedures[1], present().procedures[1]);  // it says what holds now
    EXPECT_EQ(procedures[2].levels, (Levels{{day("2024-03-01"), Level::Partial}}));
    EXPECT_EQ(procedures[2].fees, (Fees{{day("2024-03-01"), false}}));
}

TEST(ProcedureValues, WithoutAColumnOfFeesTheyStay) {
    const auto result = read(
        Catalogue::Procedures, "Mã TTHC;Tên TTHC;Mã đơn vị;Mức độ\n1.000002;Hai mốc;H37.10.05;4\n"
    );
    EXPECT_EQ(result.values.procedures.at(0), present().procedures[1]);
    EXPECT_EQ(result.kept, Lines{"\"Có phí, lệ phí\", for which the table has no column"});
}

TEST(OfficerValues, AreTypedInByPeople) {
    const auto result = read(
        Catalogue::Officers,
        "Mã cán bộ;Họ và tên;Mã đơn vị;Từ ngày\n"
        "CB-001;Nguyễn Văn Mẫu;H37.10.05;01/02/2024\n"
        "cb2;Trần Thị Ví Dụ;000.00.10.H37;\n"
    );
    EXPECT_EQ(lines_of(result.mistakes), Lines{});
    EXPECT_EQ(
        result.values.officers,
        (std::vector<Officer>{
            {"CB-001", "Nguyễn Văn Mẫu", "H37.10.05", "Chuyên viên", {day("2024-02-01"), {}}},
            {"cb2", "Trần Thị Ví Dụ", "H37.10", "", {}}})
    );
    EXPECT_EQ(result.kept, Lines{"\"Chức vụ\", for which the table has no column"});
}

struct MistakeCase {
    std::string name;
    Catalogue which;
    std::string csv;
    std::string mistakes;  ///< a line each

    friend void PrintTo(const MistakeCase& row, std::ostream* out) { *out << row.name; }
};

class CatalogueMistakes : public testing::TestWithParam<MistakeCase> {};

TEST_P(CatalogueMistakes, AreAllToldWithTheirRemedy) {
    std::string told;
    for (const std::string& line : lines_of(read(GetParam().which, GetParam().csv).mistakes)) {
        told += line + "\n";
    }
    EXPECT_EQ(told, GetParam().mistakes);
}

const std::string units_head =
    "Mã đơn vị|Tên đơn vị|Mã đơn vị cấp trên|Mã khác|Từ ngày|Đến ngày|Sáp nhập vào\n";
const std::string procedures_head = "Mã TTHC|Tên TTHC|Mã đơn vị|Mức độ|Có phí, lệ phí|Từ ngày\n";
const std::string officers_head = "Mã cán bộ|Họ và tên|Mã đơn vị|Chức vụ|Từ ngày|Đến ngày\n";

/// Semicolons stand within cells here, so they cannot separate them.
std::string csv(std::string text) {
    std::ranges::replace(text, '|', '\t');
    return text;
}

const MistakeCase mistake_cases[] = {
    {"UnitCells",
     Catalogue::Units,
     csv(units_head + "H37.10|Sở|||||\n"
                      "|Không mã|H37.10||||\n"
                      "H37 10.02||H37.10||2024|31/02/2024|\n"
                      "H37.10.03|Ba|H37.10|A;b c|02/01/2024 08:00|01/01/2024|\n"),
     R"(Dòng 3, cột “Mã đơn vị”: thiếu giá trị; cột này bắt buộc ghi
Dòng 4, cột “Mã đơn vị”: “H37 10.02” không phải là mã đơn vị; ghi mã định danh như H37.10.05 hoặc 000.05.10.H37
Dòng 4, cột “Tên đơn vị”: thiếu giá trị; cột này bắt buộc ghi
Dòng 4, cột “Từ ngày”: “2024” không phải là ngày; ghi ngày/tháng/năm, ví dụ 15/08/2024
Dòng 4, cột “Đến ngày”: “31/02/2024” không phải là ngày; ghi ngày/tháng/năm, ví dụ 15/08/2024
Dòng 5, cột “Mã khác”: “b c” không phải là mã đơn vị; ghi mã định danh như H37.10.05 hoặc 000.05.10.H37; nhiều mã cách nhau bằng dấu chấm phẩy
Dòng 5, cột “Từ ngày”: “02/01/2024 08:00” có kèm giờ; chỉ ghi ngày
)"},
    {"UnitsTogether",
     Catalogue::Units,
     csv(units_head + "H37.10|Sở||X1|||\n"
                      "H37.10.02|Hai|H37.11||||\n"
                      "H37.10.02|Hai nữa|H37.10||||H37.10\n"
                      "H37.10.03|Ba|||||\n"
                      "H37.10.04|Bốn|H37.10.04|X1;H37.10.03|02/01/2024|01/01/2024|\n"),
     R"(Dòng 3, cột “Mã đơn vị cấp trên”: “H37.11” không phải là mã của đơn vị nào trong bảng; gần nhất là “H37.10”; ghi mã có ở cột “Mã đơn vị”
Dòng 4, cột “Sáp nhập vào”: chỉ ghi khi có “Đến ngày”, ngày cuối cùng của đơn vị; hãy ghi ngày đó
Dòng 4, cột “Mã đơn vị”: “H37.10.02” đã có ở dòng 3; mỗi đơn vị ghi một dòng
Dòng 5, cột “Mã đơn vị cấp trên”: thiếu mã cấp trên; chỉ một đơn vị được để trống, là đơn vị cao nhất, và dòng 2 đã để trống
Dòng 6, cột “Đến ngày”: “01/01/2024” trước “Từ ngày”; ngày cuối cùng không thể trước ngày đầu tiên
Dòng 6, cột “Mã đơn vị cấp trên”: “H37.10.04” là mã của chính đơn vị này
Dòng 6, cột “Mã khác”: “X1” đã là mã của đơn vị ở dòng 2; mỗi mã chỉ thuộc một đơn vị
Dòng 6, cột “Mã khác”: “H37.10.03” đã là mã của đơn vị ở dòng 5; mỗi mã chỉ thuộc một đơn vị
)"},
    {"NoRoot",
     Catalogue::Units,
     csv(units_head + "H37.10.01|Một|H37.10.02||||\nH37.10.02|Hai|H37.10.01||||\n"),
     R"(Cột “Mã đơn vị cấp trên”: không có đơn vị cao nhất; để trống ô này ở dòng của đơn vị đó
)"},
    {"HistoryThatNobodyKnows",
     Catalogue::Units,
     csv(units_head + "H37.10|Sở|||||\nH37.10.01|Văn phòng|H37.10||||\n" +
         "H37.10.05|Phòng khác|H37.10.01||||\n"),
     R"(Dòng 4, cột “Tên đơn vị”: “Phòng khác” không có trong lịch sử của đơn vị này trong tệp YAML; ghi như trong đó, hoặc ghi thay đổi kèm ngày vào “changes” của tệp YAML
Dòng 4, cột “Mã đơn vị cấp trên”: “H37.10.01” không có trong lịch sử của đơn vị này trong tệp YAML; ghi như trong đó, hoặc ghi thay đổi kèm ngày vào “changes” của tệp YAML
)"},
    {"ProcedureCells",
     Catalogue::Procedures,
     csv(procedures_head + "1.01275|Mất số 0|H37.10.05|4||01/01/2024\n"
                           "1.000009|Chín|H37.10.06;H37.10.01, H37.10.05|abc|x|01/01/2024\n"
                           "1.000010|Mười||5||\n"),
     R"(Dòng 2, cột “Mã TTHC”: “1.01275” không phải là mã TTHC; ghi một chữ số, dấu chấm và sáu chữ số như 1.000049, và định dạng ô là chữ để không mất số 0 ở cuối
Dòng 3, cột “Mã đơn vị”: “H37.10.01, H37.10.05” không phải là mã đơn vị; ghi mã định danh như H37.10.05 hoặc 000.05.10.H37; nhiều mã cách nhau bằng dấu chấm phẩy
Dòng 3, cột “Mã đơn vị”: “H37.10.06” không có trong danh mục đơn vị; gần nhất là “H37.10.01”; ghi mã đơn vị như trong danh mục
Dòng 3, cột “Mức độ”: “abc” không phải là mức độ dịch vụ công; ghi “toàn trình”, “một phần” hoặc “cung cấp thông tin”
Dòng 3, cột “Có phí, lệ phí”: “x” không phải là “Có” hoặc “Không”; ghi một trong hai, hoặc để trống nếu chưa rõ
Dòng 4, cột “Mã đơn vị”: thiếu giá trị; cột này bắt buộc ghi
Dòng 4, cột “Mức độ”: “5” không phải là mức độ dịch vụ công; ghi “toàn trình”, “một phần” hoặc “cung cấp thông tin”
Dòng 4, cột “Từ ngày”: thiếu ngày của thủ tục mới; ghi ngày đầu tiên áp dụng mức độ này, hoặc chạy lệnh với --from NGÀY (ví dụ --from 2024-01-01)
)"},
    {"ProcedureRowsTogether",
     Catalogue::Procedures,
     csv(procedures_head + "1.000009|Chín|H37.10.05|4||01/01/2024\n"
                           "1.000009|Chín khác|H37.10.05|3||01/01/2024\n"
                           "1.000002|Hai mốc|H37.10.05|3|Có|\n"),
     R"(Dòng 3, cột “Tên TTHC”: khác với tên ở dòng 2 của cùng thủ tục; ghi một tên ở mọi dòng
Dòng 3, cột “Từ ngày”: trùng ngày với dòng 2 của cùng thủ tục; mỗi ngày ghi một dòng
Dòng 4, cột “Mức độ”: khác với hiện nay, mà thủ tục đã có nhiều mốc thay đổi; ghi đủ các mốc, mỗi mốc một dòng với “Từ ngày”
)"},
    {"OfficerCells",
     Catalogue::Officers,
     csv(officers_head + "CB-001|Nguyễn Văn Mẫu|H37.10.01|||\n"
                         "cb-001|Trần Thị Ví Dụ|H37.10.1|||\n"
                         "CB 3|||||hôm nay\n"),
     R"(Dòng 3, cột “Mã cán bộ”: “cb-001” đã có ở dòng 2; mỗi cán bộ ghi một dòng với mã riêng
Dòng 3, cột “Mã đơn vị”: “H37.10.1” không có trong danh mục đơn vị; gần nhất là “H37.10.01”; ghi mã đơn vị như trong danh mục
Dòng 4, cột “Mã cán bộ”: “CB 3” không phải là mã cán bộ; chỉ dùng chữ cái không dấu, chữ số và dấu gạch nối, ví dụ CB-017
Dòng 4, cột “Họ và tên”: thiếu giá trị; cột này bắt buộc ghi
Dòng 4, cột “Mã đơn vị”: thiếu giá trị; cột này bắt buộc ghi
Dòng 4, cột “Đến ngày”: “hôm nay” không phải là ngày; ghi ngày/tháng/năm, ví dụ 15/08/2024
)"},
};

INSTANTIATE_TEST_SUITE_P(Rows, CatalogueMistakes, testing::ValuesIn(mistake_cases), test::case_name<MistakeCase>);

TEST(RowMistake, NamesSheetRowAndColumn) {
    EXPECT_EQ(
        to_text(RowMistake{"Số liệu", 7, "Mức độ", "sai"}),
        "Trang “Số liệu”, dòng 7, cột “Mức độ”: sai"
    );
    EXPECT_EQ(to_text(RowMistake{"", 7, "", "sai"}), "Dòng 7: sai");
    EXPECT_EQ(to_text(RowMistake{"", 0, "", "sai"}), "sai");
}

TEST(CatalogueTable, ThatIsNoneIsRefusedInVietnameseToo) {
    const auto reason = [](const char* name, const char* bytes) {
        const auto table = read_catalogue_table(Catalogue::Officers, {name, bytes});
        return table ? std::string() : vietnamese_reason(table.error().message);
    };
    EXPECT_EQ(reason("a.json", "[]"), "đuôi tệp phải là .xlsx, .csv, .tsv hoặc .txt");
    EXPECT_EQ(reason("a.csv", "Mã cán bộ,Họ và tên,Mã đơn vị\n"), "tệp không có dòng số liệu nào");
    EXPECT_EQ(
        reason("a.csv", "Mã cán bộ,Họ và tên\n1,2\n"),
        "không tìm thấy cột “Mã đơn vị” ở dòng tiêu đề; hãy đặt tên cột như "
        "trong tệp mẫu"
    );
}

TEST(CatalogueTable, ARowThatCannotBeReadIsOneMistakeAmongOthers) {
    const auto result = read(
        Catalogue::Officers,
        "Mã cán bộ;Họ và tên;Mã đơn vị;Chức vụ\nCB-001;Nguyễn Văn Mẫu;H37.10.01\n;B;H37.10.01;\n"
    );
    EXPECT_EQ(
        lines_of(result.mistakes),
        (Lines{
            "Dòng 2: có 3 cột, dòng tiêu đề có 4; hãy kiểm tra dấu phân cách và dấu xuống dòng",
            "Dòng 3, cột “Mã cán bộ”: thiếu giá trị; cột này bắt buộc ghi"})
    );
}

TEST(CatalogueTable, ALongValueIsCutBetweenLetters) {
    std::string text;
    for (int letter = 0; letter < 100; ++letter) {
        text += "ệ";
    }
    const std::string shown = in_quotes(text);
    EXPECT_EQ(shown, "“" + text.substr(0, 120) + "…”");
    EXPECT_EQ(in_quotes("a\nb"), "“a\\x0Ab”");
}

}  // namespace
}  // namespace thidua::daemon
