// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which days are worked on (ngày làm việc): Monday to Friday, but for holidays, Tết and days that
// were swapped with them.
#pragma once

#include "core/time.hpp"

#include <map>
#include <set>
#include <string>

namespace thidua {

/// Days that are not as their day of the week says. Years it does not know have weekends alone.
struct Calendar {
    std::map<Day, std::string> holidays;  ///< their names; never worked on
    std::set<Day> swapped;                ///< days of a weekend that are worked on instead

    friend bool operator==(const Calendar&, const Calendar&) = default;
};

[[nodiscard]] bool is_working_day(const Calendar& calendar, Day day);

/// The first day that is worked on, from `day` on.
[[nodiscard]] Day next_working_day(const Calendar& calendar, Day day);

/// Days that are worked on, of those from `from` to `to`, both included.
[[nodiscard]] int working_days(const Calendar& calendar, Day from, Day to);

/// Why nobody works on it, in Vietnamese: a holiday's name, "thứ Bảy", "Chủ nhật"; empty if people
/// do.
[[nodiscard]] std::string day_off(const Calendar& calendar, Day day);

}  // namespace thidua
