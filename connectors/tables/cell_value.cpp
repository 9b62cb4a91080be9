// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/cell_value.hpp"

#include "connectors/tables/vietnamese_values.hpp"
#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace thidua::connectors {
namespace {

/// Between these a number is written without an exponent.
constexpr double plain_max = 1e21;
constexpr double plain_min = 1e-9;

std::optional<double> parse_double(std::string_view text) {
    double number = 0;
    const char* first = text.data();
    const char* last = first + text.size();
    const auto [stop, code] = std::from_chars(first, last, number);
    const bool is_number = code == std::errc{} && stop == last && std::isfinite(number);
    return is_number ? std::optional(number) : std::nullopt;
}

void set(Cell& cell, CellKind kind, std::string_view text) {
    cell.kind = kind == CellKind::Text && text.empty() ? CellKind::Empty : kind;
    cell.text = text;
}

Result<void> read_number(const RawCell& raw, const CellContext& context, Cell& cell) {
    const auto format = context.styles.find(raw.style);
    if (!format) {
        return fail(ErrorKind::Data, "a style that the workbook does not have");
    }
    const std::string_view value = trim(raw.value);
    if (*format == NumberFormat::Number || *format == NumberFormat::Percent) {
        auto text = number_text(value);
        if (!text) {
            return std::unexpected(std::move(text.error()));
        }
        cell.is_percent = *format == NumberFormat::Percent;
        set(cell, CellKind::Number, *text);
        return {};
    }
    const auto serial = parse_double(value);
    if (!serial) {
        return fail(ErrorKind::Data, "not a number");
    }
    const auto date = date_text(*serial, *format, context.is_1904);
    set(cell, date ? CellKind::Date : CellKind::Error, date ? *date : date.error().message);
    return {};
}

Result<void> read_shared(const RawCell& raw, const CellContext& context, Cell& cell) {
    const std::string_view value = trim(raw.value);
    std::uint64_t index = 0;
    const char* first = value.data();
    const char* last = first + value.size();
    const auto [stop, code] = std::from_chars(first, last, index);
    const auto text =
        code == std::errc{} && stop == last ? context.strings.find(index) : std::nullopt;
    if (!text) {
        return fail(ErrorKind::Data, "a shared text that the workbook does not have");
    }
    set(cell, CellKind::Text, *text);
    return {};
}

/// The form of strict workbooks, in which a date is written as one.
Result<void> read_iso_date(const RawCell& raw, Cell& cell) {
    const auto time = parse_local_time(trim(raw.value));
    if (!time) {
        return fail(ErrorKind::Data, "not a date");
    }
    set(cell, CellKind::Date, iso_text(*time));
    return {};
}

}  // namespace

Result<void> read_cell(const RawCell& raw, const CellContext& context, Cell& cell) {
    cell.is_percent = false;
    cell.is_formula = raw.has_formula;
    if (raw.type == "str" || raw.type == "inlineStr") {
        std::string room;
        set(cell, CellKind::Text, to_nfc(without_escapes(raw.value), room));
        return {};
    }
    if (trim(raw.value).empty()) {
        set(cell,
            raw.has_formula ? CellKind::Error : CellKind::Empty,
            raw.has_formula ? "a formula without a stored value" : "");
        return {};
    }
    if (raw.type.empty() || raw.type == "n") {
        return read_number(raw, context, cell);
    }
    if (raw.type == "s") {
        return read_shared(raw, context, cell);
    }
    if (raw.type == "b") {
        const std::string_view value = trim(raw.value);
        set(cell, CellKind::Boolean, value == "1" || value == "true" ? "true" : "false");
        return {};
    }
    if (raw.type == "e") {
        set(cell, CellKind::Error, trim(raw.value));
        return {};
    }
    return raw.type == "d" ? read_iso_date(raw, cell)
                           : fail(ErrorKind::Data, "a cell of an unknown type");
}

Result<std::string> number_text(std::string_view text) {
    constexpr std::size_t exact_digits_max = 18;
    const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
    const bool is_exact = !digits.empty() && digits.size() <= exact_digits_max &&
                          digits.front() != '0' &&
                          std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    if (is_exact) {
        return std::string(text);
    }
    const auto number = parse_double(text);
    if (!number) {
        return fail(ErrorKind::Data, "not a number");
    }
    const double size = std::fabs(*number);
    if (size == 0) {
        return "0";  // not -0
    }
    std::array<char, 64> room{};
    const bool is_plain = size >= plain_min && size < plain_max;
    const auto [end, code] =
        is_plain ? std::to_chars(room.begin(), room.end(), *number, std::chars_format::fixed)
                 : std::to_chars(room.begin(), room.end(), *number, std::chars_format::scientific);
    check(code == std::errc{}, "64 letters hold a number of at most 21 digits before the point");
    return std::string(room.begin(), end);
}

}  // namespace thidua::connectors
