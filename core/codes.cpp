// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/codes.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

namespace thidua {
namespace {

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

using Eight = std::uint64_t;

/// The high bit of each of eight letters that is one from a to z: its lower seven bits reach 'a'
/// and not what is behind 'z', and it is ASCII.
Eight lower_among(Eight letters) {
    constexpr Eight each = 0x0101'0101'0101'0101U;
    constexpr Eight high_bits = 0x80 * each;
    const Eight low = letters & ~high_bits;
    const Eight from_a = low + (0x80 - 'a') * each;
    const Eight beyond_z = low + (0x80 - 'z' - 1) * each;
    return (from_a ^ beyond_z) & ~letters & high_bits;
}

/// Codes have none as a rule, and need no copy to be made upper case. Eight letters at a time; the
/// last eight may overlap those before.
bool has_lower(std::string_view text) {
    if (text.size() < sizeof(Eight)) {
        return std::ranges::any_of(text, [](char letter) {
            return letter >= 'a' && letter <= 'z';
        });
    }
    const auto eight_at = [&](std::size_t at) {
        Eight eight = 0;
        std::memcpy(&eight, text.data() + at, sizeof eight);
        return eight;
    };
    Eight found = lower_among(eight_at(text.size() - sizeof(Eight)));
    for (std::size_t at = 0; at + sizeof(Eight) <= text.size(); at += sizeof(Eight)) {
        found |= lower_among(eight_at(at));
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

/// A code of the new form, such as H37.10.05; empty: none.
struct NewUnitCode {
    std::array<char, 9> letters{};
    std::size_t size = 0;

    [[nodiscard]] std::string_view text() const { return {letters.data(), size}; }
};

/// The new form of a code in the old one; empty for any other.
///
/// The old form: ddd.dd.dd.Hdd, or ddd.ddd.dd.Hdd with a padded unit, read from right to left.
NewUnitCode new_unit_code(std::string_view given) {
    if (given.size() != 13) {
        return {};
    }
    const bool is_old = given.starts_with("000.") && is_digit(given[4]) && is_digit(given[5]) &&
                        given[6] == '.' && is_digit(given[7]) && is_digit(given[8]) &&
                        given[9] == '.' && is_province(given.substr(10));
    const bool has_department = given[7] != '0' || given[8] != '0';
    const bool has_unit = given[4] != '0' || given[5] != '0';
    if (!is_old || (has_unit && !has_department)) {
        return {};
    }
    return {
        {given[10], given[11], given[12], '.', given[7], given[8], '.', given[4], given[5]},
        has_unit         ? 9U
        : has_department ? 6U
                         : 3U};
}

}  // namespace

std::string canonical_unit_code(std::string_view code) {
    std::string room;
    const std::string_view given = upper(code, room);
    const NewUnitCode renewed = new_unit_code(given);
    return std::string(renewed.size > 0 ? renewed.text() : given);
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
    const NewUnitCode renewed = new_unit_code(unit);
    const std::string_view issuer = renewed.size > 0 ? renewed.text() : unit;
    const std::string_view number = given.substr(first);
    std::string result;
    result.reserve(issuer.size() + number.size());
    return result.append(issuer).append(number);
}

bool is_unit_code_below(std::string_view code, std::string_view above) {
    if (code == above) {
        return true;
    }
    const bool is_new =
        code.size() > above.size() && code.starts_with(above) && code[above.size()] == '.';
    // The old form has the same parts, the province last, after parts of three digits.
    std::string reversed;
    while (!above.empty()) {
        const std::size_t length = std::min(above.find('.'), above.size());
        reversed.insert(0, "." + std::string(above.substr(0, length)));
        above.remove_prefix(std::min(length + 1, above.size()));
    }
    return is_new || (!reversed.empty() && code.ends_with(reversed));
}

}  // namespace thidua
