// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/sql_dialect.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstddef>
#include <utility>

namespace thidua::store {
namespace {

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

bool is_word(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

/// Where the literal, quoted name or comment that begins at `at` ends; `at` if none does.
std::size_t end_of_quoted(std::string_view sql, std::size_t at) {
    const auto after = [&](std::size_t found, std::size_t length) {
        return found == std::string_view::npos ? sql.size() : found + length;
    };
    if (sql[at] == '\'' || sql[at] == '"') {
        return after(sql.find(sql[at], at + 1), 1);  // a doubled quote is two literals in a row
    }
    if (sql.substr(at, 2) == "--") {
        return after(sql.find('\n', at), 0);
    }
    if (sql.substr(at, 2) == "/*") {
        return after(sql.find("*/", at + 2), 2);
    }
    return at;
}

std::string_view postgres_word(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> words{
        {{"INTEGER", "BIGINT"}, {"BLOB", "BYTEA"}, {"TEXT", "TEXT COLLATE \"C\""}}};
    for (const auto& [ours, theirs] : words) {
        if (word == ours) {
            return theirs;
        }
    }
    return word;
}

/// A line of the schema, its comment left out.
std::string postgres_line(std::string_view line) {
    constexpr std::string_view only_here = "--postgres ";
    if (const auto mark = line.find(only_here); mark != std::string_view::npos) {
        return std::string(line.substr(mark + only_here.size()));
    }
    if (line.ends_with("--sqlite")) {
        return {};
    }
    std::string made;
    std::size_t at = 0;
    while (at < line.size()) {
        if (const std::size_t end = end_of_quoted(line, at); end != at) {
            if (line[at] != '-') {
                made += line.substr(at, end - at);
            }
            at = end;
            continue;
        }
        std::size_t end = at;
        while (end < line.size() && is_word(line[end])) {
            ++end;
        }
        end = std::max(end, at + 1);
        made += postgres_word(line.substr(at, end - at));
        at = end;
    }
    for (const std::string_view option : {" STRICT, WITHOUT ROWID", " STRICT"}) {
        if (const auto found = made.find(option); found != std::string::npos) {
            made.erase(found, option.size());
        }
    }
    return made;
}

}  // namespace

std::string number_placeholders(std::string_view sql) {
    std::string made;
    made.reserve(sql.size() + 16);
    int largest = 0;
    std::size_t at = 0;
    while (at < sql.size()) {
        if (const std::size_t end = end_of_quoted(sql, at); end != at) {
            made += sql.substr(at, end - at);
            at = end;
            continue;
        }
        if (sql[at] != '?') {
            made += sql[at++];
            continue;
        }
        std::size_t end = ++at;
        while (end < sql.size() && is_digit(sql[end])) {
            ++end;
        }
        int number = largest + 1;
        if (end != at) {
            (void)std::from_chars(sql.data() + at, sql.data() + end, number);
        }
        largest = std::max(largest, number);
        made += '$';
        made += std::to_string(number);
        at = end;
    }
    return made;
}

std::string schema_for(Dialect dialect, std::string_view text) {
    if (dialect == Dialect::Sqlite) {
        return std::string(text);  // marks are comments
    }
    std::string made;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1);
        std::string_view line = text.substr(0, end + 1);
        text.remove_prefix(end + 1);
        if (line.ends_with('\n')) {
            line.remove_suffix(1);
        }
        made += postgres_line(line);
        made += '\n';
    }
    return made;
}

}  // namespace thidua::store
