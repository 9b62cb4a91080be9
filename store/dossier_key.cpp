// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/dossier_key.hpp"

#include "core/result.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace thidua::store {
namespace {

constexpr int source_bits = 5;
constexpr int issuer_bits = 12;
constexpr int width_bits = 2;
constexpr int sequence_bits = 20;
constexpr int day_bits = 16;

constexpr int issuer_at = source_bits;
constexpr int width_at = issuer_at + issuer_bits;
constexpr int sequence_at = width_at + width_bits;
constexpr int day_at = sequence_at + sequence_bits;
constexpr int agency_at = day_at + day_bits;

static_assert(least_key == std::int64_t{agency} << agency_at);

constexpr int narrowest = 4;
constexpr int widest = 6;
constexpr std::size_t date_length = 6;  // yymmdd
constexpr int first_century = 2000;

std::int64_t part(std::int64_t key, int at, int bits) {
    return (key >> at) & ((std::int64_t{1} << bits) - 1);
}

std::optional<std::int64_t> digits(std::string_view text) {
    std::int64_t value = 0;
    for (const char letter : text) {
        if (letter < '0' || letter > '9') {
            return std::nullopt;
        }
        value = value * 10 + (letter - '0');
    }
    return value;
}

std::optional<Day> parse_yymmdd(std::string_view text) {
    const auto value = digits(text);
    if (!value) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{
        std::chrono::year{first_century + static_cast<int>(*value / 10'000)},
        std::chrono::month{static_cast<unsigned>(*value / 100 % 100)},
        std::chrono::day{static_cast<unsigned>(*value % 100)}};
    return date.ok() ? std::optional(Day{std::chrono::sys_days{date}.time_since_epoch()})
                     : std::nullopt;
}

}  // namespace

std::optional<CodeParts> parse_code(std::string_view code) {
    const std::size_t second = code.rfind('-');
    if (second == std::string_view::npos || second <= date_length) {
        return std::nullopt;
    }
    const std::string_view sequence = code.substr(second + 1);
    const std::size_t first = second - date_length - 1;
    const auto width = static_cast<int>(sequence.size());
    if (code[first] != '-' || first == 0 || width < narrowest || width > widest) {
        return std::nullopt;
    }
    const auto number = digits(sequence);
    const auto day = parse_yymmdd(code.substr(first + 1, date_length));
    if (!number || !day) {
        return std::nullopt;
    }
    return CodeParts{code.substr(0, first), *day, *number, width};
}

std::int64_t pack_number(const CodeParts& parts, std::int64_t issuer) {
    check(issuer > 0, "pack_number: an issuer");
    check(issuer <= issuers_max, "pack_number: 12 bits of issuer");
    const std::int64_t day = parts.day.time_since_epoch().count();
    return (std::int64_t{agency} << agency_at) | (day << day_at) | (parts.sequence << sequence_at) |
           (std::int64_t{parts.width - narrowest} << width_at) | (issuer << issuer_at);
}

std::int64_t odd_number(std::int64_t count) {
    return (std::int64_t{agency} << agency_at) | (count << issuer_at);
}

bool is_odd(std::int64_t number) {
    return part(number, day_at, day_bits) == 0;
}

std::string unpack_code(std::int64_t number, std::string_view issuer) {
    check(!is_odd(number), "unpack_code: a number made from a code");
    const Day day{std::chrono::days{part(number, day_at, day_bits)}};
    const std::chrono::year_month_day date{std::chrono::sys_days{day.time_since_epoch()}};
    return fmt::format(
        "{}-{:02}{:02}{:02}-{:0{}}",
        issuer,
        static_cast<int>(date.year()) - first_century,
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        part(number, sequence_at, sequence_bits),
        part(number, width_at, width_bits) + narrowest
    );
}

std::int64_t first_key_of(Day day) {
    return least_key | (std::int64_t{day.time_since_epoch().count()} << day_at);
}

std::int64_t issuer_of(std::int64_t key) {
    return part(key, issuer_at, issuer_bits);
}

std::int64_t source_of(std::int64_t key) {
    return part(key, 0, source_bits);
}

std::int64_t stream_of(std::int64_t number, std::int64_t source) {
    check(source > 0, "stream_of: a source");
    check(source <= sources_max, "stream_of: 5 bits of source");
    return number | source;
}

std::int64_t number_of(std::int64_t key) {
    return key & ~((std::int64_t{1} << source_bits) - 1);
}

}  // namespace thidua::store
