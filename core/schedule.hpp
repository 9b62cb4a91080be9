// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// When something falls due, and what becomes of an occurrence that was missed. The arithmetic,
// which needs zone data, is daemon/schedule.
#pragma once

#include "core/result.hpp"

#include <bitset>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace thidua {

/// Five fields as crontab(5) reads them: minute, hour, day of the month, month, day of the week.
struct Cron {
    std::bitset<60> minutes;
    std::bitset<24> hours;
    std::bitset<32> days;     ///< of the month, from 1
    std::bitset<13> months;   ///< from 1
    std::bitset<7> weekdays;  ///< from Sunday, 0
    /// Both fields of days begin with something else than "*": a day that either names will do.
    bool is_any_of_both = false;

    friend bool operator==(const Cron&, const Cron&) = default;
};

/// Reads "30 7 * * mon": numbers, names of days and months, lists, ranges and steps. Errors: Data,
/// naming the field and what it may hold; a day that no month has, such as "0 0 31 2 *".
[[nodiscard]] Result<Cron> parse_cron(std::string_view text);

/// True if `cron` names the day.
[[nodiscard]] bool falls_on(const Cron& cron, std::chrono::year_month_day day);

/// Where an occurrence goes whose day nobody works on.
enum class OnHoliday {
    Same,      ///< it stays
    Previous,  ///< to the working day before, at the same time of day
    Next,      ///< to the working day after
};

/// What becomes of occurrences that fell due while the program was stopped.
enum class Misfire {
    RunLatest,  ///< the last one is made up for, those before it are skipped
    RunAll,     ///< each is made up for, in order
    Skip,       ///< none is
};

/// Either every so often (aligned to 00:00 local time), or at a time of day, daily or on a weekday,
/// or as a crontab says.
struct Schedule {
    std::optional<std::chrono::minutes> every{};
    std::optional<std::chrono::weekday> weekday{};
    std::chrono::minutes at{0};  ///< after midnight; used when `every` and `cron` are absent
    std::optional<Cron> cron{};
    std::string timezone = "Asia/Ho_Chi_Minh";
    OnHoliday on_holiday = OnHoliday::Same;
    Misfire misfire = Misfire::RunLatest;
    /// Occurrences that are longer ago are not made up for; absent: however long.
    std::optional<std::chrono::milliseconds> catchup_window{};

    friend bool operator==(const Schedule&, const Schedule&) = default;
};

}  // namespace thidua
