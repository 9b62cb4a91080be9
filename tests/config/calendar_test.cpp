// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The calendar of working days: what a good file becomes, and the mistakes that people can make.
#include "core/file.hpp"
#include "tests/config/mistake.hpp"
#include "tests/config/workspace.hpp"
#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::config {

namespace {

constexpr std::string_view good =
    "version: 1\n"
    "holidays:\n"
    "  - {day: 2025-01-01, name: Tết Dương lịch}\n"
    "  - {from: 2025-01-25, to: 2025-01-26, name: Tết}\n"
    "swapped: [2025-04-26]\n";

class Calendars : public testing::Test {
  protected:
    Calendars() {
        workspace_.write("calendar.yaml", good);
        workspace_.replace(
            "thidua.yaml", "presets: presets\n", "presets: presets\ncalendar: calendar.yaml\n"
        );
    }

    static Day day(const char* text) { return *parse_day(text); }

    Workspace workspace_;
};

TEST_F(Calendars, AreReadDayByDay) {
    const auto settings = load(workspace_.root());
    ASSERT_TRUE(settings) << workspace_.problems().front();
    Calendar expected;
    expected.holidays = {
        {day("2025-01-01"), "Tết Dương lịch"},
        {day("2025-01-25"), "Tết"},
        {day("2025-01-26"), "Tết"}};
    expected.swapped = {day("2025-04-26")};
    EXPECT_EQ(settings->calendar, expected);
}

TEST_F(Calendars, MayBeLeftOut) {
    const Workspace without;
    EXPECT_EQ(load(without.root())->calendar, Calendar{});
}

TEST_F(Calendars, TheShippedOneHasTheDaysOfThePlan) {
    const auto shipped =
        read_file(repository() / "config/calendars/vietnam-2024-2025.yaml", 1024 * 1024);
    ASSERT_TRUE(shipped);
    workspace_.write("calendar.yaml", *shipped);
    const auto settings = load(workspace_.root());
    ASSERT_TRUE(settings) << workspace_.problems().front();
    const Calendar& calendar = settings->calendar;
    EXPECT_EQ(day_off(calendar, day("2025-01-01")), "Tết Dương lịch");
    EXPECT_TRUE(is_working_day(calendar, day("2025-01-02")));
    EXPECT_EQ(working_days(calendar, day("2025-01-24"), day("2025-02-03")), 2) << "Tết Ất Tỵ";
    EXPECT_EQ(working_days(calendar, day("2024-02-07"), day("2024-02-15")), 2) << "Tết Giáp Thìn";
    EXPECT_TRUE(is_working_day(calendar, day("2024-05-04"))) << "a Saturday for 29 April";
    EXPECT_FALSE(is_working_day(calendar, day("2024-04-29")));
}

class CalendarMistakes : public Calendars, public testing::WithParamInterface<Mistake> {};

TEST_P(CalendarMistakes, AreNamedWithTheirPlaceAndTheirRemedy) {
    workspace_.replace(GetParam().file, GetParam().from, GetParam().to);
    EXPECT_EQ(workspace_.problems(), GetParam().problems);
}

const Mistake calendar_mistakes[] = {
    {"SameDayTwice",
     "calendar.yaml",
     "2025-01-26",
     "2025-01-27, name: Tết}\n  - {from: 2025-01-27, to: 2025-01-28",
     {"calendar.yaml:5:5: holidays[2]: 2025-01-27: a holiday already"}},
    {"EndBeforeStart",
     "calendar.yaml",
     "to: 2025-01-26",
     "to: 2025-01-24",
     {"calendar.yaml:4:28: holidays[1].to: \"2025-01-24\": must be the last day: not before "
      "\"from\", and within a month of it"}},
    {"DayAndDays",
     "calendar.yaml",
     "{day: 2025-01-01,",
     "{day: 2025-01-01, from: 2025-01-01,",
     {"calendar.yaml:3:29: holidays[0].from: goes together with \"to\", not with \"day\""}},
    {"SwappedWorkingDay",
     "calendar.yaml",
     "2025-04-26",
     "2025-04-25",
     {"calendar.yaml:5:11: swapped[0]: \"2025-04-25\": must be a Saturday or Sunday that is no "
      "holiday, and that is worked on"}},
    {"SwappedHoliday",
     "calendar.yaml",
     "2025-04-26",
     "2025-01-26",
     {"calendar.yaml:5:11: swapped[0]: \"2025-01-26\": must be a Saturday or Sunday that is no "
      "holiday, and that is worked on"}},
    {"SwappedTwice",
     "calendar.yaml",
     "2025-04-26",
     "2025-04-26, 2025-04-26",
     {"calendar.yaml:5:23: swapped[1]: 2025-04-26: swapped already"}},
};

INSTANTIATE_TEST_SUITE_P(Calendar, CalendarMistakes, testing::ValuesIn(calendar_mistakes), test::case_name<Mistake>);

}  // namespace
}  // namespace thidua::config
