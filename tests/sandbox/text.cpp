// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace thidua::sandbox {
namespace {

struct Decomposition {
    char32_t letter;
    char32_t base;
    char32_t mark;
};

// The canonical decompositions of UnicodeData.txt for the letters Vietnamese uses, sorted.
constexpr std::array decompositions = std::to_array<Decomposition>({
    {0x00C0, 0x0041, 0x0300}, {0x00C1, 0x0041, 0x0301}, {0x00C2, 0x0041, 0x0302},
    {0x00C3, 0x0041, 0x0303}, {0x00C8, 0x0045, 0x0300}, {0x00C9, 0x0045, 0x0301},
    {0x00CA, 0x0045, 0x0302}, {0x00CC, 0x0049, 0x0300}, {0x00CD, 0x0049, 0x0301},
    {0x00CE, 0x0049, 0x0302}, {0x00D2, 0x004F, 0x0300}, {0x00D3, 0x004F, 0x0301},
    {0x00D4, 0x004F, 0x0302}, {0x00D5, 0x004F, 0x0303}, {0x00D9, 0x0055, 0x0300},
    {0x00DA, 0x0055, 0x0301}, {0x00DB, 0x0055, 0x0302}, {0x00DD, 0x0059, 0x0301},
    {0x00E0, 0x0061, 0x0300}, {0x00E1, 0x0061, 0x0301}, {0x00E2, 0x0061, 0x0302},
    {0x00E3, 0x0061, 0x0303}, {0x00E8, 0x0065, 0x0300}, {0x00E9, 0x0065, 0x0301},
    {0x00EA, 0x0065, 0x0302}, {0x00EC, 0x0069, 0x0300}, {0x00ED, 0x0069, 0x0301},
    {0x00EE, 0x0069, 0x0302}, {0x00F2, 0x006F, 0x0300}, {0x00F3, 0x006F, 0x0301},
    {0x00F4, 0x006F, 0x0302}, {0x00F5, 0x006F, 0x0303}, {0x00F9, 0x0075, 0x0300},
    {0x00FA, 0x0075, 0x0301}, {0x00FB, 0x0075, 0x0302}, {0x00FD, 0x0079, 0x0301},
    {0x0102, 0x0041, 0x0306}, {0x0103, 0x0061, 0x0306}, {0x0114, 0x0045, 0x0306},
    {0x0115, 0x0065, 0x0306}, {0x0128, 0x0049, 0x0303}, {0x0129, 0x0069, 0x0303},
    {0x012C, 0x0049, 0x0306}, {0x012D, 0x0069, 0x0306}, {0x014E, 0x004F, 0x0306},
    {0x014F, 0x006F, 0x0306}, {0x0168, 0x0055, 0x0303}, {0x0169, 0x0075, 0x0303},
    {0x016C, 0x0055, 0x0306}, {0x016D, 0x0075, 0x0306}, {0x0176, 0x0059, 0x0302},
    {0x0177, 0x0079, 0x0302}, {0x01A0, 0x004F, 0x031B}, {0x01A1, 0x006F, 0x031B},
    {0x01AF, 0x0055, 0x031B}, {0x01B0, 0x0075, 0x031B}, {0x1EA0, 0x0041, 0x0323},
    {0x1EA1, 0x0061, 0x0323}, {0x1EA2, 0x0041, 0x0309}, {0x1EA3, 0x0061, 0x0309},
    {0x1EA4, 0x00C2, 0x0301}, {0x1EA5, 0x00E2, 0x0301}, {0x1EA6, 0x00C2, 0x0300},
    {0x1EA7, 0x00E2, 0x0300}, {0x1EA8, 0x00C2, 0x0309}, {0x1EA9, 0x00E2, 0x0309},
    {0x1EAA, 0x00C2, 0x0303}, {0x1EAB, 0x00E2, 0x0303}, {0x1EAC, 0x1EA0, 0x0302},
    {0x1EAD, 0x1EA1, 0x0302}, {0x1EAE, 0x0102, 0x0301}, {0x1EAF, 0x0103, 0x0301},
    {0x1EB0, 0x0102, 0x0300}, {0x1EB1, 0x0103, 0x0300}, {0x1EB2, 0x0102, 0x0309},
    {0x1EB3, 0x0103, 0x0309}, {0x1EB4, 0x0102, 0x0303}, {0x1EB5, 0x0103, 0x0303},
    {0x1EB6, 0x1EA0, 0x0306}, {0x1EB7, 0x1EA1, 0x0306}, {0x1EB8, 0x0045, 0x0323},
    {0x1EB9, 0x0065, 0x0323}, {0x1EBA, 0x0045, 0x0309}, {0x1EBB, 0x0065, 0x0309},
    {0x1EBC, 0x0045, 0x0303}, {0x1EBD, 0x0065, 0x0303}, {0x1EBE, 0x00CA, 0x0301},
    {0x1EBF, 0x00EA, 0x0301}, {0x1EC0, 0x00CA, 0x0300}, {0x1EC1, 0x00EA, 0x0300},
    {0x1EC2, 0x00CA, 0x0309}, {0x1EC3, 0x00EA, 0x0309}, {0x1EC4, 0x00CA, 0x0303},
    {0x1EC5, 0x00EA, 0x0303}, {0x1EC6, 0x1EB8, 0x0302}, {0x1EC7, 0x1EB9, 0x0302},
    {0x1EC8, 0x0049, 0x0309}, {0x1EC9, 0x0069, 0x0309}, {0x1ECA, 0x0049, 0x0323},
    {0x1ECB, 0x0069, 0x0323}, {0x1ECC, 0x004F, 0x0323}, {0x1ECD, 0x006F, 0x0323},
    {0x1ECE, 0x004F, 0x0309}, {0x1ECF, 0x006F, 0x0309}, {0x1ED0, 0x00D4, 0x0301},
    {0x1ED1, 0x00F4, 0x0301}, {0x1ED2, 0x00D4, 0x0300}, {0x1ED3, 0x00F4, 0x0300},
    {0x1ED4, 0x00D4, 0x0309}, {0x1ED5, 0x00F4, 0x0309}, {0x1ED6, 0x00D4, 0x0303},
    {0x1ED7, 0x00F4, 0x0303}, {0x1ED8, 0x1ECC, 0x0302}, {0x1ED9, 0x1ECD, 0x0302},
    {0x1EDA, 0x01A0, 0x0301}, {0x1EDB, 0x01A1, 0x0301}, {0x1EDC, 0x01A0, 0x0300},
    {0x1EDD, 0x01A1, 0x0300}, {0x1EDE, 0x01A0, 0x0309}, {0x1EDF, 0x01A1, 0x0309},
    {0x1EE0, 0x01A0, 0x0303}, {0x1EE1, 0x01A1, 0x0303}, {0x1EE2, 0x01A0, 0x0323},
    {0x1EE3, 0x01A1, 0x0323}, {0x1EE4, 0x0055, 0x0323}, {0x1EE5, 0x0075, 0x0323},
    {0x1EE6, 0x0055, 0x0309}, {0x1EE7, 0x0075, 0x0309}, {0x1EE8, 0x01AF, 0x0301},
    {0x1EE9, 0x01B0, 0x0301}, {0x1EEA, 0x01AF, 0x0300}, {0x1EEB, 0x01B0, 0x0300},
    {0x1EEC, 0x01AF, 0x0309}, {0x1EED, 0x01B0, 0x0309}, {0x1EEE, 0x01AF, 0x0303},
    {0x1EEF, 0x01B0, 0x0303}, {0x1EF0, 0x01AF, 0x0323}, {0x1EF1, 0x01B0, 0x0323},
    {0x1EF2, 0x0059, 0x0300}, {0x1EF3, 0x0079, 0x0300}, {0x1EF4, 0x0059, 0x0323},
    {0x1EF5, 0x0079, 0x0323}, {0x1EF6, 0x0059, 0x0309}, {0x1EF7, 0x0079, 0x0309},
    {0x1EF8, 0x0059, 0x0303}, {0x1EF9, 0x0079, 0x0303},
});

void append_utf8(std::string& out, char32_t letter) {
    const auto tail = [letter](unsigned shift) {
        return static_cast<char>(0x80U | ((letter >> shift) & 0x3FU));
    };
    if (letter < 0x80) {
        out += static_cast<char>(letter);
    } else if (letter < 0x800) {
        out += static_cast<char>(0xC0U | (letter >> 6U));
        out += tail(0);
    } else {
        out += static_cast<char>(0xE0U | (letter >> 12U));
        out += tail(6);
        out += tail(0);
    }
}

void append_decomposed(std::string& out, char32_t letter) {
    const auto* found =
        std::ranges::lower_bound(decompositions, letter, {}, &Decomposition::letter);
    if (found == decompositions.end() || found->letter != letter) {
        append_utf8(out, letter);
        return;
    }
    append_decomposed(out, found->base);
    append_utf8(out, found->mark);
}

std::optional<unsigned> hex_digit(char letter) {
    if (letter >= '0' && letter <= '9') {
        return static_cast<unsigned>(letter - '0');
    }
    const char lower = static_cast<char>(letter | 0x20);
    if (lower >= 'a' && lower <= 'f') {
        return static_cast<unsigned>(lower - 'a') + 10U;
    }
    return std::nullopt;
}

std::string decode_percent(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto high = at + 2 < text.size() ? hex_digit(text[at + 1]) : std::nullopt;
        const auto low = at + 2 < text.size() ? hex_digit(text[at + 2]) : std::nullopt;
        if (text[at] == '%' && high && low) {
            out += static_cast<char>(*high * 16U + *low);
            at += 2;
        } else {
            out += text[at] == '+' ? ' ' : text[at];
        }
    }
    return out;
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
    out += '"';
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') {
            out += '\\';
            out += letter;
        } else if (static_cast<unsigned char>(letter) < 0x20) {
            out += "\\u";
            append_hex(out, static_cast<unsigned char>(letter), 4);
        } else {
            out += letter;
        }
    }
    out += '"';
}

void append_hex(std::string& out, std::uint64_t value, std::size_t width) {
    for (std::size_t digit = width; digit-- > 0;) {
        out += "0123456789abcdef"[(value >> (4 * digit)) & 0xFU];
    }
}

std::string decomposed(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3;
        char32_t letter = length == 1 ? lead : lead & (length == 2 ? 0x1FU : 0x0FU);
        for (std::size_t next = at + 1; next < std::min(at + length, text.size()); ++next) {
            letter = (letter << 6U) | (static_cast<unsigned char>(text[next]) & 0x3FU);
        }
        append_decomposed(out, letter);
        at += length;
    }
    return out;
}

std::string with_no_break_spaces(std::string_view text) {
    std::string out;
    int blanks = 0;
    for (const char letter : text) {
        if (letter == ' ' && ++blanks % 2 == 0) {
            append_utf8(out, 0xA0);
        } else {
            out += letter;
        }
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> parse_form(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find('&'));
        const std::size_t equals = pair.find('=');
        const std::string_view value =
            equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
        pairs.emplace_back(decode_percent(pair.substr(0, equals)), decode_percent(value));
        text.remove_prefix(std::min(pair.size() + 1, text.size()));
    }
    return pairs;
}

std::string decode_base64(std::string_view text) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char letter : text) {
        if (letter == '=') {
            break;
        }
        const std::size_t value = alphabet.find(letter);
        if (value == std::string_view::npos) {
            return {};
        }
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        held += 6;
        if (held >= 8) {
            held -= 8;
            out += static_cast<char>((bits >> held) & 0xFFU);
        }
    }
    return out;
}

}  // namespace thidua::sandbox
