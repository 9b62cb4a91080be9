// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Instants and days. A business day is a day in Viet Nam: UTC+7, without daylight saving since
// 1975, so no zone data is needed and none of the host's settings can move a day's edge.
#pragma once

#include "core/result.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace thidua {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Day = std::chrono::local_days;

/// The business day that holds `instant`.
[[nodiscard]] Day day_of(Instant instant);

/// 00:00:00.000 of `day` in Viet Nam.
[[nodiscard]] Instant first_instant(Day day);

/// 23:59:59.999 of `day` in Viet Nam.
[[nodiscard]] Instant last_instant(Day day);

/// RFC 3339 with Viet Nam's offset: 2024-10-18T16:00:00+07:00, milliseconds only if there are any.
[[nodiscard]] std::string to_text(Instant instant);

/// RFC 3339 in UTC: 2024-10-18T09:00:00Z.
[[nodiscard]] std::string to_utc_text(Instant instant);

/// 2024-10-18
[[nodiscard]] std::string to_text(Day day);

/// Reads RFC 3339 with an offset or Z ("2024-10-18T16:00:00+07:00"); anything else is Data.
[[nodiscard]] Result<Instant> parse_instant(std::string_view text);

/// Reads 2024-10-18; a day the calendar does not have is Data.
[[nodiscard]] Result<Day> parse_day(std::string_view text);

/// How a source writes its times.
enum class TimeFormat {
    Iso,       ///< 2024-06-17T08:15:03.000+0700, +07:00 or Z, which is believed
    LocalIso,  ///< the same, but whatever zone it names, Viet Nam's time is meant (iGate's false Z)
    Compact,   ///< 20240617081503, Viet Nam's time
    Local,     ///< 2024-06-17T08:15:03 or 2024-06-17, its first instant; Viet Nam's time
    Slashed,   ///< 17/06/2024 08:15:03, 17/06/2024 08:15 or 17/06/2024, Viet Nam's time
};

/// Reads a time as `format` says. Errors: Data, naming the text.
[[nodiscard]] Result<Instant> parse_time(std::string_view text, TimeFormat format);

/// Writes a time as `format` says (Iso: +0700; LocalIso: local time with a false Z; Date and
/// Slashed: the day alone).
[[nodiscard]] std::string format_time(Instant instant, TimeFormat format);

/// An ISO 8601 week, Monday to Sunday.
struct IsoWeek {
    int year = 0;
    int week = 0;

    friend auto operator<=>(const IsoWeek&, const IsoWeek&) = default;
};

[[nodiscard]] IsoWeek week_of(Day day);
[[nodiscard]] Day monday_of(IsoWeek week);
[[nodiscard]] Day sunday_of(IsoWeek week);

/// 2024-W42
[[nodiscard]] std::string to_text(IsoWeek week);

/// Reads 2024-W42. Errors: Data.
[[nodiscard]] Result<IsoWeek> parse_week(std::string_view text);

/// A stretch of days. Both ends belong to it; an absent one is no limit on its side.
struct DaysInForce {
    std::optional<Day> from;
    std::optional<Day> until;

    friend bool operator==(const DaysInForce&, const DaysInForce&) = default;
};

/// True if `day` is one of `days`.
[[nodiscard]] bool holds(const DaysInForce& days, Day day);

/// True if some day is in both.
[[nodiscard]] bool overlap(const DaysInForce& left, const DaysInForce& right);

/// Reads a duration as configuration writes it: 500ms, 30s, 5m, 1h, 7d. Errors: Data.
[[nodiscard]] Result<std::chrono::milliseconds> parse_duration(std::string_view text);

}  // namespace thidua
