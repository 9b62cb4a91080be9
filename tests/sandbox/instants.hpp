// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// Instants and days of Vietnam (UTC+7, no daylight saving), and the ways the three systems and the
// command line write them.

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::sandbox {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Day = std::chrono::local_days;

inline constexpr Day campaign_start =
    std::chrono::local_days{std::chrono::year{2024} / std::chrono::June / 7};
inline constexpr Day campaign_end =
    std::chrono::local_days{std::chrono::year{2024} / std::chrono::December / 31};

/// What a trailing `Z` means: UTC, or (as iGate's clients send it) local time said falsely.
enum class Zulu { Utc, Local };

Instant instant_of(Day day, std::chrono::milliseconds since_midnight);
Day day_of(Instant instant);
/// The last millisecond of `day`.
Instant end_of(Day day);

/// `yyyy-MM-dd`.
std::optional<Day> parse_day(std::string_view text);
/// `yyyy-MM-dd'T'HH:mm:ss[.SSS]` followed by `Z`, `+07:00`, `+0700` or nothing (local time). A
/// blank in place of the `+` is taken for one: that is what form decoding makes of it.
std::optional<Instant> parse_instant(std::string_view text, Zulu zulu);

void append_padded(std::string& out, std::int64_t value, std::size_t width);
/// `2024-06-17T08:15:03.000+0700`, the offset without a colon as iGate writes it.
void append_igate(std::string& out, Instant instant);
/// `yyMMdd`.
void append_short_day(std::string& out, Day day);
std::string to_text(Day day);
/// `2024-06-17T08:15:03.000+07:00`.
std::string to_text(Instant instant);
/// `yyyyMMddHHmmss`, as the Payment Platform writes it.
std::string to_compact(Instant instant);

}  // namespace thidua::sandbox
