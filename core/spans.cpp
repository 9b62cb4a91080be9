// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The part of core/time.hpp that is about lengths: durations, and stretches of days.
#include "core/time.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

namespace thidua {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

Result<milliseconds> parse_duration(std::string_view text) {
    std::int64_t count = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), count);
    const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    constexpr std::array<std::pair<std::string_view, milliseconds>, 5> units{{
        {"ms", milliseconds{1}},
        {"s", seconds{1}},
        {"m", minutes{1}},
        {"h", hours{1}},
        {"d", std::chrono::days{1}},
    }};
    constexpr std::int64_t count_max = 1'000'000'000;
    if (code == std::errc{} && count >= 0 && count <= count_max) {
        for (const auto& [name, length] : units) {
            if (unit == name) {
                return length * count;
            }
        }
    }
    return fail(
        ErrorKind::Data,
        fmt::format("'{}' is not a duration such as 500ms, 30s, 5m, 1h or 7d", text)
    );
}

bool holds(const DaysInForce& days, Day day) {
    return (!days.from || *days.from <= day) && (!days.until || day <= *days.until);
}

bool overlap(const DaysInForce& left, const DaysInForce& right) {
    const bool is_left_first = left.until && right.from && *left.until < *right.from;
    const bool is_right_first = right.until && left.from && *right.until < *left.from;
    return !is_left_first && !is_right_first;
}

}  // namespace thidua
