// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/catalogue_columns.hpp"

#include "core/result.hpp"
#include "daemon/table_columns.hpp"

#include <algorithm>

namespace thidua::daemon {
namespace {

using config::Catalogue;

FileColumn until_column(std::string note) {
    return day(column("until", {"Đến ngày", "Ngày kết thúc", "Hiệu lực đến"}, std::move(note)));
}

FileColumn from_column(std::string note) {
    return day(column("from", {"Từ ngày", "Ngày bắt đầu", "Hiệu lực từ"}, std::move(note)));
}

std::vector<FileColumn> unit_columns() {
    return {
        required(column(
            "code",
            {"Mã đơn vị", "Mã cơ quan", "Mã định danh"},
            "Mã định danh, kiểu mới hoặc kiểu cũ, ví dụ H37.10.05 hoặc 000.05.10.H37."
        )),
        required(column("name", {"Tên đơn vị", "Tên cơ quan"}, "Tên đầy đủ của đơn vị.")),
        column(
            "parent",
            {"Mã đơn vị cấp trên", "Mã cơ quan cấp trên", "Đơn vị cấp trên"},
            "Mã của đơn vị cấp trên trực tiếp; chỉ đơn vị cao nhất để trống."
        ),
        column(
            "aliases",
            {"Mã khác", "Các mã khác", "Mã cũ"},
            "Các mã khác mà nguồn số liệu dùng cho đơn vị này, cách nhau bằng dấu chấm phẩy (;)."
        ),
        from_column("Ngày đầu tiên đơn vị hoạt động; để trống là từ trước đến nay."),
        until_column("Ngày cuối cùng đơn vị còn hoạt động; để trống là chưa kết thúc."),
        column(
            "merged_into",
            {"Sáp nhập vào", "Mã đơn vị kế thừa", "Đơn vị kế thừa"},
            "Mã của đơn vị kế thừa từ sau “Đến ngày”; để trống là không có."
        ),
    };
}

std::vector<FileColumn> procedure_columns() {
    return {
        required(column(
            "code",
            {"Mã TTHC", "Mã thủ tục", "Mã thủ tục hành chính"},
            "Mã trong Cơ sở dữ liệu quốc gia về TTHC, ví dụ 1.000049."
        )),
        required(
            column("name", {"Tên TTHC", "Tên thủ tục", "Tên thủ tục hành chính"}, "Tên thủ tục.")
        ),
        required(column(
            "units",
            {"Mã đơn vị", "Mã đơn vị thực hiện", "Mã cơ quan thực hiện"},
            "Mã của các đơn vị giải quyết thủ tục, cách nhau bằng dấu chấm phẩy (;)."
        )),
        required(one_of(
            column(
                "level",
                {"Mức độ", "Mức độ dịch vụ công", "Mức độ DVC"},
                "Mức độ dịch vụ công trực tuyến. Mức 4 cũ là toàn trình, mức 3 là một phần, mức 1 "
                "và "
                "mức 2 là cung cấp thông tin."
            ),
            {"Toàn trình", "Một phần", "Cung cấp thông tin"}
        )),
        one_of(
            column(
                "fee",
                {"Có phí, lệ phí", "Có phí", "Phí, lệ phí"},
                "Thủ tục có thu phí, lệ phí hay không; để trống là chưa rõ."
            ),
            {"Có", "Không"}
        ),
        from_column(
            "Ngày đầu tiên áp dụng mức độ và phí, lệ phí của dòng này. Khi thay đổi, thêm một dòng "
            "với ngày mới và giữ các dòng cũ."
        ),
    };
}

std::vector<FileColumn> officer_columns() {
    return {
        required(column(
            "id",
            {"Mã cán bộ", "Mã số cán bộ"},
            "Mã do cơ quan đặt, mỗi người một mã: chữ cái không dấu, chữ số, dấu gạch nối; ví dụ "
            "CB-017."
        )),
        required(column("name", {"Họ và tên", "Họ tên"}, "Họ và tên đầy đủ.")),
        required(column("unit", {"Mã đơn vị", "Đơn vị công tác"}, "Mã của đơn vị công tác.")),
        column("position", {"Chức vụ", "Chức danh"}, "Chức vụ hoặc chức danh; có thể để trống."),
        from_column("Ngày đầu tiên công tác tại đơn vị; để trống là từ trước đến nay."),
        until_column("Ngày cuối cùng công tác tại đơn vị; để trống là chưa kết thúc."),
    };
}

}  // namespace

const std::vector<FileColumn>& catalogue_columns(Catalogue which) {
    static const std::vector<FileColumn> units = unit_columns();
    static const std::vector<FileColumn> procedures = procedure_columns();
    static const std::vector<FileColumn> officers = officer_columns();
    switch (which) {
        case Catalogue::Units:
            return units;
        case Catalogue::Procedures:
            return procedures;
        case Catalogue::Officers:
            return officers;
    }
    return units;
}

const std::string& column_label(Catalogue which, std::string_view id) {
    const auto& columns = catalogue_columns(which);
    const auto found = std::ranges::find(columns, id, &FileColumn::id);
    check(found != columns.end(), "column_label: a column of the table");
    return found->labels.front();
}

connectors::TemplateWords catalogue_words(Catalogue which) {
    constexpr const char* whole =
        "Bảng là toàn bộ danh mục: dòng không còn trong bảng sẽ bị bỏ khỏi danh mục.";
    switch (which) {
        case Catalogue::Units:
            return {"Danh mục đơn vị", "đơn vị", {whole}};
        case Catalogue::Procedures:
            return {
                "Danh mục thủ tục hành chính",
                "mức độ của một thủ tục",
                {whole,
                 "Thủ tục thay đổi mức độ hoặc phí, lệ phí có nhiều dòng, khác nhau ở “Từ ngày”."}};
        case Catalogue::Officers:
            return {"Danh sách cán bộ một cửa", "cán bộ", {whole}};
    }
    return {};
}

}  // namespace thidua::daemon
