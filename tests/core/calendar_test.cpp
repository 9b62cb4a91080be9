// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/calendar.hpp"

#include <gtest/gtest.h>

namespace thidua {
namespace {

Day day(const char* text) {
    return *parse_day(text);
}

Calendar calendar() {
    Calendar made;
    made.holidays = {
        {day("2025-01-01"), "Tết Dương lịch"},
        {day("2025-05-02"), "Nghỉ hoán đổi"},
        {day("2024-08-31"), "Quốc khánh"}};
    made.swapped = {day("2025-04-26")};
    return made;
}

TEST(Calendar, TellsWhyNobodyWorks) {
    EXPECT_EQ(day_off(calendar(), day("2025-01-01")), "Tết Dương lịch");
    EXPECT_EQ(day_off(calendar(), day("2025-01-02")), "");
    EXPECT_EQ(day_off(calendar(), day("2025-01-04")), "thứ Bảy");
    EXPECT_EQ(day_off(calendar(), day("2025-01-05")), "Chủ nhật");
    EXPECT_EQ(day_off(calendar(), day("2024-08-31")), "Quốc khánh") << "on a Saturday";
    EXPECT_EQ(day_off(calendar(), day("2025-05-02")), "Nghỉ hoán đổi") << "a Friday";
    EXPECT_EQ(day_off(calendar(), day("2025-04-26")), "") << "a Saturday that is worked on";
}

TEST(Calendar, CountsWorkingDays) {
    EXPECT_EQ(working_days(calendar(), day("2025-01-01"), day("2025-01-02")), 1);
    EXPECT_EQ(working_days(calendar(), day("2025-01-04"), day("2025-01-06")), 1);
    EXPECT_EQ(working_days(calendar(), day("2025-01-06"), day("2025-01-06")), 1);
    EXPECT_EQ(working_days(calendar(), day("2025-01-07"), day("2025-01-06")), 0);
    EXPECT_EQ(working_days({}, day("2025-01-01"), day("2025-01-02")), 2) << "an unknown year";
}

TEST(Calendar, FindsTheNextWorkingDay) {
    EXPECT_EQ(next_working_day(calendar(), day("2024-12-31")), day("2024-12-31"));
    EXPECT_EQ(next_working_day(calendar(), day("2025-01-01")), day("2025-01-02"));
    EXPECT_EQ(next_working_day(calendar(), day("2025-01-04")), day("2025-01-06"));
}

}  // namespace
}  // namespace thidua
