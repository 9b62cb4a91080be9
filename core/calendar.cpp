// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/calendar.hpp"

namespace thidua {

std::string day_off(const Calendar& calendar, Day day) {
    if (const auto holiday = calendar.holidays.find(day); holiday != calendar.holidays.end()) {
        return holiday->second;
    }
    const std::chrono::weekday weekday{day};
    if (calendar.swapped.contains(day)) {
        return "";
    }
    return weekday == std::chrono::Saturday ? "thứ Bảy"
           : weekday == std::chrono::Sunday ? "Chủ nhật"
                                            : "";
}

bool is_working_day(const Calendar& calendar, Day day) {
    return day_off(calendar, day).empty();
}

Day next_working_day(const Calendar& calendar, Day day) {
    while (!is_working_day(calendar, day)) {
        day += std::chrono::days{1};
    }
    return day;
}

int working_days(const Calendar& calendar, Day from, Day to) {
    int count = 0;
    for (Day day = from; day <= to; day += std::chrono::days{1}) {
        count += is_working_day(calendar, day) ? 1 : 0;
    }
    return count;
}

}  // namespace thidua
