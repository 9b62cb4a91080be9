// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/codes.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

namespace thidua {
namespace {

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/// Codes have none as a rule, and need no copy to be made upper case.
bool has_lower(std::string_view text) {
    unsigned found = 0;
    for (const char letter : text) {
        found |= static_cast<unsigned char>(letter - 'a') < 26 ? 1U : 0U;
    }
    return found != 0;
}

/// Trimmed and in upper case: a part of `text`, or in `room`.
std::string_view upper(std::string_view text, std::string& room) {
    text = trim(text);
    if (!has_lower(text)) {
        return text;
    }
    room = text;
    std::ranges::transform(room, room.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    return room;
}

bool is_digits(std::string_view text, std::size_t width) {
    return text.size() == width && std::ranges::all_of(text, is_digit);
}

/// H37: a letter and two digits.
bool is_province(std::string_view text) {
    return text.size() == 3 && text[0] >= 'A' && text[0] <= 'Z' && is_digit(text[1]) &&
           is_digit(text[2]);
}

/// The new form of a code in the old one; nothing for any other.
///
/// The old form: ddd.dd.dd.Hdd, or ddd.ddd.dd.Hdd with a padded unit, read from right to left.
std::optional<std::string> new_unit_code(std::string_view given) {
    if (given.size() != 13) {
        return std::nullopt;
    }
    const bool is_old = given.starts_with("000.") && is_digit(given[4]) && is_digit(given[5]) &&
                        given[6] == '.' && is_digit(given[7]) && is_digit(given[8]) &&
                        given[9] == '.' && is_province(given.substr(10));
    if (!is_old) {
        return std::nullopt;
    }
    const bool has_department = given.substr(7, 2) != "00";
    const bool has_unit = given.substr(4, 2) != "00";
    if (has_unit && !has_department) {
        return std::nullopt;
    }
    const std::array<char, 9> renewed{
        given[10], given[11], given[12], '.', given[7], given[8], '.', given[4], given[5]};
    return std::string(renewed.data(), has_unit ? 9U : has_department ? 6U : 3U);
}

}  // namespace

std::string canonical_unit_code(std::string_view code) {
    std::string room;
    const std::string_view given = upper(code, room);
    auto renewed = new_unit_code(given);
    return renewed ? *std::move(renewed) : std::string(given);
}

std::string canonical_procedure_code(std::string_view code) {
    const std::string_view given = trim(code);
    const bool begins_well = given.size() >= 8 && is_digit(given[0]) && given[1] == '.' &&
                             is_digits(given.substr(2, 6), 6) &&
                             (given.size() == 8 || given[8] == '.');
    return std::string(begins_well ? given.substr(0, 8) : given);
}

std::string canonical_dossier_code(std::string_view code) {
    std::string room;
    const std::string_view given = upper(code, room);
    const std::size_t last = given.rfind('-');
    if (last == std::string_view::npos || last < 8) {
        return std::string(given);
    }
    const std::size_t first = given.rfind('-', last - 1);
    if (first == std::string_view::npos ||
        !is_digits(given.substr(first + 1, last - first - 1), 6)) {
        return std::string(given);
    }
    const std::string_view unit = trim(given.substr(0, first));
    const auto renewed = new_unit_code(unit);
    const std::string_view issuer = renewed ? *renewed : unit;
    const std::string_view number = given.substr(first);
    std::string result;
    result.reserve(issuer.size() + number.size());
    return result.append(issuer).append(number);
}

}  // namespace thidua
