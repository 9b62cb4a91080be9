// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/xlsx/text.hpp"

#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace thidua::reports::xlsx {
namespace {

constexpr std::size_t cell_units_max = 32'767;  // of UTF-16
constexpr std::size_t name_units_max = 31;
constexpr std::string_view unknown_letter = "\uFFFD";
constexpr std::string_view cut_mark = "…";

/// Bytes of the letter that begins with `first`, in valid UTF-8.
std::size_t letter_bytes(unsigned char first) {
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

std::size_t utf16_units(std::string_view letter) {
    return letter.size() == 4 ? 2 : 1;
}

std::size_t count_units(std::string_view text) {
    std::size_t units = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t bytes = letter_bytes(static_cast<unsigned char>(text[at]));
        units += utf16_units(text.substr(at, bytes));
        at += bytes;
    }
    return units;
}

/// Marks, embeddings, overrides and isolates: U+061C, 200E, 200F, 202A to 202E, 2066 to 2069; and
/// what XML does not have: U+FFFE, FFFF.
bool is_hidden(std::string_view letter) {
    if (letter == "\xEF\xBF\xBE" || letter == "\xEF\xBF\xBF") {
        return true;
    }
    return letter == "\u061C" || letter == "\u200E" || letter == "\u200F" ||
           (letter >= "\u202A" && letter <= "\u202E") || (letter >= "\u2066" && letter <= "\u2069");
}

/// 80 to 9F are control characters too: C2 80 to C2 9F.
bool is_control(std::string_view letter) {
    const auto last = static_cast<unsigned char>(letter.back());
    return letter.size() == 1 ? last < 0x20 || last == 0x7F
                              : letter.size() == 2 && letter.front() == '\xC2' && last < 0xA0;
}

/// "_x000D_": what Excel takes for a character.
bool is_escape(std::string_view text) {
    constexpr std::size_t length = 7;
    return text.size() >= length && text.starts_with("_x") && text[length - 1] == '_' &&
           std::ranges::all_of(text.substr(2, 4), [](unsigned char letter) {
               return std::isxdigit(letter) != 0;
           });
}

}  // namespace

std::string cell_text(std::string_view text) {
    const std::string valid = to_nfc(text);
    const bool is_cut = count_units(valid) > cell_units_max;
    std::string result;
    std::size_t units = is_cut ? 1 : 0;
    for (std::size_t at = 0; at < valid.size();) {
        const std::size_t bytes = letter_bytes(static_cast<unsigned char>(valid[at]));
        const std::string_view letter = std::string_view(valid).substr(at, bytes);
        units += utf16_units(letter);
        if (units > cell_units_max) {
            break;
        }
        if (is_space(letter.front())) {
            result += ' ';
        } else if (is_control(letter) || is_hidden(letter)) {
            result += unknown_letter;
        } else if (is_escape(std::string_view(valid).substr(at))) {
            result += "_x005F_";
        } else {
            result += letter;
        }
        at += bytes;
    }
    return is_cut ? result + std::string(cut_mark) : result;
}

Result<void> check_sheet_name(std::string_view name) {
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorKind::Data, fmt::format("a sheet named '{}': {}", one_line(name), why));
    };
    if (name.empty() || name != cell_text(name)) {
        return refuse("empty, or not plain text");
    }
    if (count_units(name) > name_units_max) {
        return refuse("longer than 31 letters");
    }
    if (name.find_first_of("[]:*?/\\") != std::string_view::npos || name.starts_with('\'') ||
        name.ends_with('\'')) {
        return refuse("none of []:*?/\\ may be in it, nor an apostrophe at its ends");
    }
    return {};
}

double serial(Day day) {
    constexpr Day first{std::chrono::year{1899} / std::chrono::December / std::chrono::day{30}};
    return static_cast<double>((day - first).count());
}

double serial(Instant instant) {
    const Day day = day_of(instant);
    const auto seconds =
        std::chrono::floor<std::chrono::seconds>(instant - first_instant(day)).count();
    return serial(day) + static_cast<double>(seconds) / 86'400.0;
}

bool is_exact(std::int64_t count) {
    constexpr std::int64_t largest = 999'999'999'999'999;
    return count >= -largest && count <= largest;
}

}  // namespace thidua::reports::xlsx
