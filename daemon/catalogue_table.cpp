// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/catalogue_table.hpp"

#include "connectors/tables/vietnamese_values.hpp"
#include "core/codes.hpp"
#include "core/text.hpp"
#include "daemon/catalogue_columns.hpp"
#include "daemon/file_words.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// Cells as they stand: what a cell must hold is told for all of them at once, not for the first.
FileDrop description_of(std::span<const FileColumn> columns) {
    FileDrop description;
    description.columns.assign(columns.begin(), columns.end());
    for (FileColumn& column : description.columns) {
        column.kind = ValueKind::Text;
    }
    return description;
}

CatalogueRow row_of(const connectors::JsonRow& row) {
    CatalogueRow made;
    made.number = row.number;
    const json::value value = json::parse(row.json);
    for (const auto& [column, cell] : value.get_object()) {
        made.cells.emplace(column, cell.get_string());
    }
    return made;
}

/// A row that the reader refused, whose message begins with a place of its own: "line 7, column C"
/// or "Sheet!C7".
RowMistake mistake_of(std::int64_t number, std::string_view message) {
    RowMistake mistake;
    mistake.row = number;
    const std::size_t end = std::min(message.find(": "), message.size());
    std::string_view place = message.substr(0, end);
    const std::string line = fmt::format("line {}", number);
    const std::string digits = std::to_string(number);
    constexpr std::string_view column = ", column ";
    const std::size_t bang = place.rfind('!');
    if (place.starts_with(line)) {
        place.remove_prefix(line.size());
        mistake.column = place.starts_with(column) ? place.substr(column.size()) : "";
    } else if (bang != std::string_view::npos && place.ends_with(digits)) {
        mistake.sheet = place.substr(0, bang);
        place.remove_prefix(bang + 1);
        mistake.column = place.substr(0, place.size() - digits.size());
    } else {
        mistake.message = vietnamese_reason(message);
        return mistake;
    }
    mistake.message = vietnamese_reason(message.substr(std::min(end + 2, message.size())));
    return mistake;
}

/// Words without line breaks and without more than one space between two.
std::string one_spaced(std::string_view text) {
    std::string line;
    for (const char letter : text) {
        if (!is_space(letter)) {
            line += letter;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    return std::string(trim(line));
}

bool is_code(std::string_view text) {
    constexpr std::size_t letters_max = 64;
    return !text.empty() && text.size() <= letters_max &&
           std::ranges::all_of(text, [](char letter) {
               return (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
                      letter == '.' || letter == '-' || letter == '_';
           });
}

std::string no_unit_code(std::string_view given) {
    return fmt::format(
        "{} không phải là mã đơn vị; ghi mã định danh như H37.10.05 hoặc 000.05.10.H37",
        in_quotes(given)
    );
}

}  // namespace

std::string to_text(const RowMistake& mistake) {
    std::string place;
    if (!mistake.sheet.empty()) {
        place = fmt::format("Trang “{}”", mistake.sheet);
    }
    if (mistake.row > 0) {
        place += fmt::format("{} {}", place.empty() ? "Dòng" : ", dòng", mistake.row);
    }
    if (!mistake.column.empty()) {
        place += fmt::format("{} “{}”", place.empty() ? "Cột" : ", cột", mistake.column);
    }
    return place.empty() ? mistake.message : fmt::format("{}: {}", place, mistake.message);
}

Result<CatalogueTable> read_catalogue_table(
    config::Catalogue which, const connectors::TableFile& file
) {
    auto table = read_columns(catalogue_columns(which), file);
    if (table) {
        table->which = which;
    }
    return table;
}

Result<CatalogueTable> read_columns(
    std::span<const FileColumn> columns, const connectors::TableFile& file
) {
    if (!connectors::is_table_name(file.name)) {
        return fail(ErrorKind::Data, "neither .xlsx, .csv, .tsv nor .txt");
    }
    CatalogueTable table;
    table.wanted = columns;
    connectors::JsonSink sink;
    sink.header = [&](const connectors::Header& header) {
        for (std::size_t at = 0; at < columns.size(); ++at) {
            if (header.columns[at]) {
                table.columns.insert(columns[at].id);
            }
        }
    };
    sink.record = [&](const connectors::JsonRow& row) -> Result<void> {
        table.sheet = one_line(row.table);
        table.rows.push_back(row_of(row));
        return {};
    };
    sink.wrong = [&](std::int64_t number, const Error& error) -> Result<void> {
        table.mistakes.push_back(mistake_of(number, error.message));
        return {};
    };
    if (auto read = connectors::read_table(file, description_of(columns), std::move(sink)); !read) {
        return std::unexpected(std::move(read.error()));
    }
    if (table.rows.empty() && table.mistakes.empty()) {
        return fail(ErrorKind::Data, "no record in it");
    }
    return table;
}

std::string in_quotes(std::string_view value) {
    constexpr std::size_t bytes_max = 120;
    std::size_t length = std::min(value.size(), bytes_max);
    while (length > 0 && length < value.size() &&
           (static_cast<unsigned char>(value[length]) & 0xC0U) == 0x80U) {
        --length;  // not within a letter
    }
    return fmt::format(
        "“{}{}”", one_line(value.substr(0, length)), length < value.size() ? "…" : ""
    );
}

std::string nearest_hint(std::string_view code, const std::set<std::string, std::less<>>& codes) {
    const std::string near = nearest(code, codes);
    return near.empty() ? "" : fmt::format("; gần nhất là {}", in_quotes(near));
}

std::string RowReader::text(std::string_view column) const {
    const auto cell = row_.cells.find(column);
    return cell == row_.cells.end() ? std::string() : one_spaced(cell->second);
}

std::string RowReader::required(std::string_view column) {
    std::string given = text(column);
    if (given.empty()) {
        refuse(column, "thiếu giá trị; cột này bắt buộc ghi");
    }
    return given;
}

std::optional<Day> RowReader::day(std::string_view column) {
    const std::string given = text(column);
    if (given.empty()) {
        return std::nullopt;
    }
    const auto time = connectors::parse_local_time(given);
    if (!time) {
        refuse(
            column,
            fmt::format(
                "{} không phải là ngày; ghi ngày/tháng/năm, ví dụ 15/08/2024", in_quotes(given)
            )
        );
        return std::nullopt;
    }
    if (time->time_of_day.value_or(std::chrono::seconds{0}) != std::chrono::seconds{0}) {
        refuse(column, fmt::format("{} có kèm giờ; chỉ ghi ngày", in_quotes(given)));
        return std::nullopt;
    }
    return time->day;
}

DaysInForce RowReader::days() {
    const DaysInForce days{.from = day("from"), .until = day("until")};
    if (days.from && days.until && *days.until < *days.from) {
        refuse(
            "until",
            fmt::format(
                "{} trước “{}”; ngày cuối cùng không thể trước ngày đầu tiên",
                in_quotes(text("until")),
                label("from")
            )
        );
    }
    return days;
}

std::string RowReader::unit_code(std::string_view column) {
    const std::string given = text(column);
    std::string code = canonical_unit_code(given);
    if (!given.empty() && !is_code(code)) {
        refuse(column, no_unit_code(given));
        return {};
    }
    return code;
}

std::vector<std::string> RowReader::unit_codes(std::string_view column) {
    const auto cell = row_.cells.find(column);
    std::string_view rest = cell == row_.cells.end() ? std::string_view() : cell->second;
    std::vector<std::string> codes;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find_first_of(";\n\r"), rest.size());
        const std::string given = one_spaced(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        std::string code = canonical_unit_code(given);
        if (!given.empty() && !is_code(code)) {
            refuse(column, no_unit_code(given) + "; nhiều mã cách nhau bằng dấu chấm phẩy");
        } else if (!given.empty() && std::ranges::find(codes, code) == codes.end()) {
            codes.push_back(std::move(code));
        }
    }
    return codes;
}

void RowReader::refuse(std::string_view column, std::string message) {
    mistakes_.push_back({table_.sheet, row_.number, label(column), std::move(message)});
}

const std::string& RowReader::label(std::string_view column) const {
    const auto found = std::ranges::find(table_.wanted, column, &FileColumn::id);
    check(found != table_.wanted.end(), "RowReader::label: a column of the table");
    return found->labels.front();
}

}  // namespace thidua::daemon
