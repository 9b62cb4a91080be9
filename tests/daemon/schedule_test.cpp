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
    EXPECT_EQ(to_text(latest_slot(GetParam().schedule, now)), GetParam().latest);
    EXPECT_EQ(to_text(next_slot(GetParam().schedule, now)), GetParam().next);
}

INSTANTIATE_TEST_SUITE_P(
    Schedules,
    Slot,
    testing::ValuesIn(std::vector<SlotCase>{
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

TEST(LocalText, CarriesTheZonesOffset) {
    const Instant instant = *parse_instant("2024-06-10T00:30:00Z");
    EXPECT_EQ(to_local_text(instant, "Asia/Ho_Chi_Minh"), "2024-06-10T07:30:00+07:00");
    EXPECT_EQ(to_local_text(instant, "America/New_York"), "2024-06-09T20:30:00-04:00");
}

}  // namespace
}  // namespace thidua::daemon
