// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/docx/text.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace thidua::reports::docx {
namespace {

constexpr std::string_view no_break_space = "\u00A0";

struct CodePoint {
    std::uint32_t value = 0;
    std::size_t length = 1;  ///< bytes
};

/// The first of `text`, which is valid UTF-8 and not empty.
CodePoint first_of(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    constexpr std::array<unsigned, 5> masks{0, 0x7F, 0x1F, 0x0F, 0x07};
    CodePoint point{lead & masks[length], std::min(length, text.size())};
    for (std::size_t at = 1; at < point.length; ++at) {
        point.value = (point.value << 6U) | (static_cast<unsigned char>(text[at]) & 0x3FU);
    }
    return point;
}

bool is_between(std::uint32_t value, std::uint32_t first, std::uint32_t last) {
    return first <= value && value <= last;
}

/// Turns the direction of writing, or cannot stand in XML.
bool is_left_out(std::uint32_t value) {
    return value == 0x061C || is_between(value, 0x200E, 0x200F) ||
           is_between(value, 0x202A, 0x202E) || is_between(value, 0x2066, 0x2069) ||
           value == 0xFEFF || (value & 0xFFFEU) == 0xFFFE || is_between(value, 0x7F, 0x9F);
}

std::string clean_word(std::string_view word) {
    const std::string normal = to_nfc(word);
    std::string clean;
    for (std::string_view rest = normal; !rest.empty();) {
        const CodePoint point = first_of(rest);
        if (point.value >= 0x20 && !is_left_out(point.value)) {
            clean += rest.substr(0, point.length);
        }
        rest.remove_prefix(point.length);
    }
    return clean;
}

bool is_gap(char letter) {
    return static_cast<unsigned char>(letter) <= 0x20;
}

}  // namespace

std::string clean_text(std::string_view text) {
    std::string clean;
    std::size_t begin = 0;  // of the word; to_nfc() would take spaces off its ends
    const auto end_word = [&](std::size_t end) {
        clean += clean_word(text.substr(begin, end - begin));
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_gap(text[at])) {
            end_word(at);
            clean += ' ';
            begin = at + 1;
        } else if (text.substr(at).starts_with(no_break_space)) {
            end_word(at);
            clean += no_break_space;
            begin = at + no_break_space.size();
            at = begin - 1;
        }
    }
    end_word(text.size());
    return clean;
}

std::string xml_text(std::string_view text) {
    const std::string clean = clean_text(text);
    std::string escaped;
    escaped.reserve(clean.size() + clean.size() / 8);
    for (std::size_t at = 0; at < clean.size(); ++at) {
        const char letter = clean[at];
        if (letter == '&') {
            escaped += "&amp;";
        } else if (letter == '<') {
            escaped += "&lt;";
        } else if (letter == '>') {
            escaped += "&gt;";
        } else if (letter == '"') {
            escaped += "&quot;";
        } else if (letter == ' ' && clean.compare(at, 2, " %") == 0) {
            escaped += no_break_space;
        } else {
            escaped += letter;
        }
    }
    return escaped;
}

std::size_t count_letters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char letter) {
        return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80;
    }));
}

}  // namespace thidua::reports::docx
