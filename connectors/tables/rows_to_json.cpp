// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/rows_to_json.hpp"

#include "connectors/json.hpp"
#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace thidua::connectors {
namespace {

constexpr std::array<std::string_view, 4> total_words{"tongcong", "cong", "tongso", "tong"};

/// A line break, which people put into cells, in its short form.
void append_text(std::string& json, std::string_view text) {
    json += '"';
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        append_json_escaped(json, text.substr(0, end));
        json += "\\n";
        text.remove_prefix(end + 1);
    }
    append_json_escaped(json, text);
    json += '"';
}

Result<std::string> json_quoted(std::string_view text) {
    std::string json;
    append_text(json, text);
    return json;
}

Result<std::string> whole_json(
    const Cell& cell,
    NumberLocale locale,
    Result<std::int64_t> (*parse)(std::string_view, NumberLocale)
) {
    if (cell.kind != CellKind::Text && cell.kind != CellKind::Number) {
        return fail(ErrorKind::Data, "not a number");
    }
    const auto number =
        parse(cell.text, cell.kind == CellKind::Number ? NumberLocale::Plain : locale);
    if (!number) {
        return std::unexpected(number.error());
    }
    return fmt::format("{}", *number);
}

Result<std::string> percent_json(const Cell& cell, NumberLocale locale) {
    if (cell.kind == CellKind::Text) {
        const auto share = parse_percent(cell.text, locale);
        return share ? json_quoted(percent_text(*share)) : std::unexpected(share.error());
    }
    if (cell.kind != CellKind::Number || !cell.is_percent) {
        return fail(
            ErrorKind::Data, "not per cent: neither written with the sign nor shown with it"
        );
    }
    const auto decimal = parse_decimal(cell.text, NumberLocale::Plain);
    if (!decimal) {
        return std::unexpected(decimal.error());
    }
    Ratio share{.numerator = decimal->units, .denominator = 1};
    for (int digit = 0; digit < decimal->scale; ++digit) {
        share.denominator *= 10;
    }
    return json_quoted(percent_text(share));
}

Result<std::string> time_json(const Cell& cell) {
    if (cell.kind != CellKind::Date && cell.kind != CellKind::Text) {
        return fail(ErrorKind::Data, "not a date; give the column a date's format");
    }
    const auto time = parse_local_time(cell.text);
    return time ? json_quoted(iso_text(*time)) : std::unexpected(time.error());
}

Result<std::string> date_json(const Cell& cell) {
    if (cell.kind != CellKind::Date && cell.kind != CellKind::Text) {
        return fail(ErrorKind::Data, "not a date; give the column a date's format");
    }
    const auto time = parse_local_time(cell.text);
    if (!time) {
        return std::unexpected(time.error());
    }
    if (time->time_of_day.value_or(std::chrono::seconds{0}) != std::chrono::seconds{0}) {
        return fail(ErrorKind::Data, "a time of day behind a day that has none");
    }
    return json_quoted(to_text(time->day));
}

Result<std::string> value_json(const Cell& cell, ValueKind kind, NumberLocale locale) {
    if (cell.kind == CellKind::Error) {
        const bool is_ours = !cell.text.starts_with('#');
        return fail(ErrorKind::Data, is_ours ? cell.text : "an error of the spreadsheet");
    }
    switch (kind) {
        case ValueKind::Text:
            return json_quoted(cell.text);
        case ValueKind::Count:
            return whole_json(cell, locale, parse_count);
        case ValueKind::Dong:
            return whole_json(cell, locale, parse_dong);
        case ValueKind::Percent:
            return percent_json(cell, locale);
        case ValueKind::Time:
            return time_json(cell);
        case ValueKind::Date:
            return date_json(cell);
    }
    return json_quoted(cell.text);
}

bool is_total(const Row& row, std::size_t first, const Header& header, const RowOptions& options) {
    const Cell& cell = row.cells[first];
    if (cell.kind != CellKind::Text || !std::ranges::count(total_words, label_key(cell.text))) {
        return false;
    }
    for (std::size_t at = 0; at < options.wanted.size(); ++at) {
        const auto column = header.columns[at];
        const bool is_key =
            options.wanted[at].is_required && options.wanted[at].kind == ValueKind::Text;
        if (is_key && column && *column != first && *column < row.cells.size() &&
            row.cells[*column].kind != CellKind::Empty) {
            return false;
        }
    }
    return true;
}

/// What a cell of the row of column numbers says: 3 of "(3)", "3" or "(3)=(1)+(2)"; 0 of anything
/// else.
int column_number(std::string_view text) {
    text.remove_prefix(text.starts_with('(') || text.starts_with('[') ? 1 : 0);
    int number = 0;
    const char* first = text.data();
    const char* last = first + text.size();
    const auto [stop, code] = std::from_chars(first, last, number);
    const bool is_alone = stop == last || *stop == ')' || *stop == ']' || *stop == '=';
    return code == std::errc{} && is_alone ? number : 0;
}

/// Forms number their columns below the header: 1, 2, 3, the first ones perhaps by A, B, C. Three
/// at least, and every column that was found must be among them, or a short record could look so.
bool is_numbering(const Row& row, const Header& header) {
    int letters = 0;
    int numbers = 0;
    for (const Cell& cell : row.cells) {
        if (cell.kind == CellKind::Empty) {
            continue;
        }
        if (numbers == 0 && cell.text == std::string(1, static_cast<char>('A' + letters % 26))) {
            ++letters;
        } else if (column_number(cell.text) == numbers + 1) {
            ++numbers;
        } else {
            return false;
        }
    }
    constexpr int cells_min = 3;
    return letters + numbers >= cells_min && std::ranges::all_of(header.columns, [&row](auto at) {
               return !at || (*at < row.cells.size() && row.cells[*at].kind != CellKind::Empty);
           });
}

}  // namespace

Result<RowKind> row_to_json(
    const Row& row,
    const Header& header,
    const RowOptions& options,
    const std::string& table,
    std::string& json
) {
    const auto first_cell = std::ranges::find_if(row.cells, [](const Cell& cell) {
        return cell.kind != CellKind::Empty;
    });
    if (first_cell == row.cells.end()) {
        return RowKind::Empty;
    }
    if (is_total(row, static_cast<std::size_t>(first_cell - row.cells.begin()), header, options)) {
        return RowKind::Total;
    }
    if (options.has_exact_width && row.cells.size() != header.fields) {
        return fail(
            ErrorKind::Data,
            fmt::format(
                "line {}: {} columns; the header has {}",
                row.number,
                row.cells.size(),
                header.fields
            )
        );
    }
    json.assign(1, '{');
    for (std::size_t at = 0; at < options.wanted.size(); ++at) {
        const auto column = header.columns[at];
        if (!column || *column >= row.cells.size() || row.cells[*column].kind == CellKind::Empty) {
            continue;
        }
        const auto value = value_json(row.cells[*column], options.wanted[at].kind, options.locale);
        if (!value) {
            return failed(cell_place(table, row.number, *column), value.error());
        }
        json += json.size() == 1 ? "" : ",";
        append_text(json, options.wanted[at].id);
        json += ':';
        json += *value;
    }
    json += '}';
    // Something stands in the row, but in no column that is wanted.
    return json.size() == 2 ? RowKind::Empty : RowKind::Record;
}

RowsToJson::RowsToJson(RowOptions options, JsonSink sink)
    : options_(std::move(options)), sink_(std::move(sink)) {}

TableSink RowsToJson::table_sink() {
    return {
        .begin = [this](const TableFacts& facts) -> Result<void> {
            facts_ = facts;
            return {};
        },
        .row = [this](const Row& row) { return add(row); },
    };
}

Result<void> RowsToJson::add(const Row& row) {
    if (header_) {
        return hand_on(row);
    }
    kept_.push_back({row.number, {row.cells.begin(), row.cells.end()}});
    return kept_.size() > header_rows_max ? settle_header() : Result<void>{};
}

Result<void> RowsToJson::finish() {
    return header_ ? Result<void>{} : settle_header();
}

Result<void> RowsToJson::settle_header() {
    auto header = find_header(kept_, facts_, options_.wanted);
    if (!header) {
        const std::string table = facts_.name.empty() ? "the file" : one_line(facts_.name);
        return failed(table, std::move(header.error()));
    }
    header_ = *std::move(header);
    if (sink_.header) {
        sink_.header(*header_);
    }
    skipped_.above = static_cast<std::int64_t>(header_->first);
    const std::vector<KeptRow> kept = std::exchange(kept_, {});
    for (std::size_t at = header_->last + 1; at < kept.size(); ++at) {
        const Row row{kept[at].number, kept[at].cells};
        if (at == header_->last + 1 && is_numbering(row, *header_)) {
            ++skipped_.numbering;
            continue;
        }
        if (auto handed_on = hand_on(row); !handed_on) {
            return handed_on;
        }
    }
    return {};
}

Result<void> RowsToJson::hand_on(const Row& row) {
    const auto kind = row_to_json(row, *header_, options_, facts_.name, json_);
    if (!kind) {
        return sink_.wrong(row.number, kind.error());
    }
    if (*kind == RowKind::Record) {
        return sink_.record({row.number, json_, facts_.name});
    }
    ++(*kind == RowKind::Empty ? skipped_.empty : skipped_.totals);
    return {};
}

}  // namespace thidua::connectors
