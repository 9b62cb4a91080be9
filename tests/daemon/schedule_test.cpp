// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/schedule.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::daemon {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Schedule weekly(const std::string& timezone = "Asia/Ho_Chi_Minh") {
    Schedule schedule;
    schedule.weekday = std::chrono::Monday;
    schedule.at = hours{7} + minutes{30};
    schedule.timezone = timezone;
    return schedule;
}

Schedule daily(minutes at, const std::string& timezone) {
    Schedule schedule;
    schedule.at = at;
    schedule.timezone = timezone;
    return schedule;
}

Schedule every(minutes interval) {
    Schedule schedule;
    schedule.every = interval;
    return schedule;
}

Schedule crontab(const std::string& text) {
    Schedule schedule;
    schedule.cron = *parse_cron(text);
    return schedule;
}

struct SlotCase {
    std::string name;
    Schedule schedule;
    std::string now;
    std::string latest;
    std::string next;

    friend void PrintTo(const SlotCase& row, std::ostream* out) { *out << row.name; }
};

class Slot : public testing::TestWithParam<SlotCase> {};

TEST_P(Slot, IsWhereTheScheduleSays) {
    const Instant now = *parse_instant(GetParam().now);
    const Occurrence latest = latest_occurrence(GetParam().schedule, {}, now);
    const Occurrence next = next_occurrence(GetParam().schedule, {}, now);
    EXPECT_EQ(to_text(latest.due_at), GetParam().latest);
    EXPECT_EQ(to_text(next.due_at), GetParam().next);
    EXPECT_EQ(latest.scheduled_at, latest.due_at);
    EXPECT_EQ(occurrences(GetParam().schedule, {}, latest.scheduled_at, next.due_at).size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Schedules,
    Slot,
    testing::ValuesIn(std::vector<SlotCase>{
        {"Cron", crontab("15,45 8-9 * * 1-5"), "2024-06-14T09:30:00+07:00",
         "2024-06-14T09:15:00+07:00", "2024-06-14T09:45:00+07:00"},
        {"CronOverAWeekend", crontab("15,45 8-9 * * 1-5"), "2024-06-14T10:00:00+07:00",
         "2024-06-14T09:45:00+07:00", "2024-06-17T08:15:00+07:00"},
        {"CronOnceAYear", crontab("0 5 2 1 *"), "2024-06-14T10:00:00+07:00",
         "2024-01-02T05:00:00+07:00", "2025-01-02T05:00:00+07:00"},
        {"CronInALeapYear", crontab("0 5 29 feb *"), "2024-06-14T10:00:00+07:00",
         "2024-02-29T05:00:00+07:00", "2028-02-29T05:00:00+07:00"},
        {"OnTheSlotItself", weekly(), "2024-06-10T07:30:00+07:00", "2024-06-10T07:30:00+07:00",
         "2024-06-17T07:30:00+07:00"},
        {"AMillisecondBefore", weekly(), "2024-06-10T07:29:59.999+07:00",
         "2024-06-03T07:30:00+07:00", "2024-06-10T07:30:00+07:00"},
        {"OverTheYear", weekly(), "2025-01-01T12:00:00+07:00", "2024-12-30T07:30:00+07:00",
         "2025-01-06T07:30:00+07:00"},
        {"Daily", daily(hours{5}, "Asia/Ho_Chi_Minh"), "2024-06-10T04:00:00+07:00",
         "2024-06-09T05:00:00+07:00", "2024-06-10T05:00:00+07:00"},
        {"EverySixHours", every(hours{6}), "2024-06-10T13:00:00+07:00",
         "2024-06-10T12:00:00+07:00", "2024-06-10T18:00:00+07:00"},
        {"EverySevenHoursBeginsAnewAtMidnight", every(hours{7}), "2024-06-10T22:00:00+07:00",
         "2024-06-10T21:00:00+07:00", "2024-06-11T00:00:00+07:00"},
        // 02:30 does not exist on 2024-03-10 in New York: the slot is the first instant after the
        // gap, 03:00 there.
        {"GapOfSummerTime", daily(hours{2} + minutes{30}, "America/New_York"),
         "2024-03-10T12:00:00Z", "2024-03-10T14:00:00+07:00", "2024-03-11T13:30:00+07:00"},
        // 01:30 comes twice on 2024-11-03 in New York: the earlier one counts.
        {"OverlapOfWinterTime", daily(hours{1} + minutes{30}, "America/New_York"),
         "2024-11-03T06:00:00Z", "2024-11-03T12:30:00+07:00", "2024-11-04T13:30:00+07:00"},
    }),
    test::case_name<SlotCase>
);

/// Tết of 2025: Monday 27 January to Friday 31 January, all of a working week.
Calendar tet() {
    Calendar calendar;
    for (int day = 27; day <= 31; ++day) {
        calendar.holidays.emplace(*parse_day("2025-01-" + std::to_string(day)), "Tết Nguyên đán");
    }
    return calendar;
}

TEST(Holidays, MoveWhatIsDueAndNotWhatItIs) {
    Schedule schedule = weekly();
    schedule.on_holiday = OnHoliday::Next;
    const Instant before = *parse_instant("2025-01-20T08:00:00+07:00");
    const Occurrence next = next_occurrence(schedule, tet(), before);
    EXPECT_EQ(to_text(next.scheduled_at), "2025-01-27T07:30:00+07:00");
    EXPECT_EQ(to_text(next.due_at), "2025-02-03T07:30:00+07:00") << "the Monday after Tết";
    // Two come due at that instant, each with its own identity; nothing comes due before it.
    EXPECT_TRUE(occurrences(schedule, tet(), before, next.due_at - minutes{1}).empty());
    const auto both = occurrences(schedule, tet(), before, next.due_at);
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(to_text(both[1].scheduled_at), "2025-02-03T07:30:00+07:00");
    EXPECT_EQ(latest_occurrence(schedule, tet(), next.due_at), both[1]);
}

TEST(Holidays, MoveBackWhereTheScheduleSaysSo) {
    Schedule schedule = crontab("0 16 31 * *");
    schedule.on_holiday = OnHoliday::Previous;
    const Instant before = *parse_instant("2025-01-02T08:00:00+07:00");
    EXPECT_EQ(
        to_text(next_occurrence(schedule, tet(), before).due_at), "2025-01-24T16:00:00+07:00"
    );
    schedule.on_holiday = OnHoliday::Same;
    EXPECT_EQ(
        to_text(next_occurrence(schedule, tet(), before).due_at), "2025-01-31T16:00:00+07:00"
    );
}

TEST(Holidays, LeaveASwappedSaturdayWhereItIs) {
    Calendar calendar;
    calendar.swapped.insert(*parse_day("2024-05-04"));
    Schedule schedule = weekly();
    schedule.weekday = std::chrono::Saturday;
    schedule.on_holiday = OnHoliday::Next;
    const Instant before = *parse_instant("2024-05-01T08:00:00+07:00");
    EXPECT_EQ(
        to_text(next_occurrence(schedule, calendar, before).due_at), "2024-05-04T07:30:00+07:00"
    );
    EXPECT_EQ(to_text(next_occurrence(schedule, {}, before).due_at), "2024-05-06T07:30:00+07:00");
}

TEST(LocalText, CarriesTheZonesOffset) {
    const Instant instant = *parse_instant("2024-06-10T00:30:00Z");
    EXPECT_EQ(to_local_text(instant, "Asia/Ho_Chi_Minh"), "2024-06-10T07:30:00+07:00");
    EXPECT_EQ(to_local_text(instant, "America/New_York"), "2024-06-09T20:30:00-04:00");
}

}  // namespace
}  // namespace thidua::daemon
