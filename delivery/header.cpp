// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "delivery/header.hpp"

#include "core/base64.hpp"

#include <fmt/format.h>
#include <glib.h>

#include <algorithm>

namespace thidua::delivery {
namespace {

constexpr std::size_t value_bytes_max = 900;
constexpr std::size_t line_bytes_max = 76;
constexpr std::size_t plain_bytes_max = 60;  // beside "Subject: ", and with quotes around
constexpr std::size_t word_bytes_max = 39;   // becomes 64 letters, which fit beside "Subject: "

bool is_short_ascii(std::string_view text) {
    return text.size() <= plain_bytes_max && text.find("=?") == std::string_view::npos &&
           std::ranges::all_of(text, [](char byte) { return byte >= ' ' && byte <= '~'; });
}

bool continues_a_letter(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// How much of `text` goes into one word: up to a blank where there is one, since some readers (such
// as Python's) wrongly show a blank between two words of a name; else up to a letter's end.
std::size_t word_length(std::string_view text) {
    if (text.size() <= word_bytes_max) {
        return text.size();
    }
    const std::size_t blank = text.substr(0, word_bytes_max).rfind(' ');
    if (blank != std::string_view::npos && blank > 0) {
        return blank;
    }
    std::size_t length = word_bytes_max;
    while (continues_a_letter(text[length])) {
        --length;
    }
    return length;
}

std::string encoded_words(std::string_view text) {
    std::string words;
    while (!text.empty()) {
        const std::size_t length = word_length(text);
        words += words.empty() ? "" : "\n ";
        words += "=?UTF-8?B?" + base64(text.substr(0, length)) + "?=";
        text.remove_prefix(length);
    }
    return words;
}

std::string in_quotes(std::string_view text) {
    std::string result = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') {
            result += '\\';
        }
        result += letter;
    }
    return result + '"';
}

}  // namespace

bool is_header_value(std::string_view value) {
    if (value.size() > value_bytes_max ||
        g_utf8_validate_len(value.data(), value.size(), nullptr) == FALSE) {
        return false;
    }
    const char* end = value.data() + value.size();
    for (const char* at = value.data(); at < end; at = g_utf8_next_char(at)) {
        const GUnicodeType type = g_unichar_type(g_utf8_get_char(at));
        if (type == G_UNICODE_CONTROL || type == G_UNICODE_LINE_SEPARATOR ||
            type == G_UNICODE_PARAGRAPH_SEPARATOR) {
            return false;
        }
    }
    return true;
}

std::string encode_text(std::string_view text) {
    const bool loses_blanks = text.starts_with(' ') || text.ends_with(' ');
    return is_short_ascii(text) && !loses_blanks ? std::string(text) : encoded_words(text);
}

std::string encode_mailbox(const Mailbox& mailbox) {
    if (mailbox.name.empty()) {
        return mailbox.address;
    }
    const std::string phrase =
        is_short_ascii(mailbox.name) ? in_quotes(mailbox.name) : encoded_words(mailbox.name);
    const std::size_t last_line = phrase.size() - (phrase.rfind('\n') + 1);
    const std::size_t used = std::string_view("From: ").size() + last_line + mailbox.address.size();
    const bool fits = used + std::string_view(" <>").size() <= line_bytes_max;
    return fmt::format("{}{}<{}>", phrase, fits ? " " : "\n ", mailbox.address);
}

}  // namespace thidua::delivery
