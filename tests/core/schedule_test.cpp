// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/schedule.hpp"

#include <gtest/gtest.h>

namespace thidua {
namespace {

using namespace std::chrono_literals;

TEST(Crontab, NamesNumbersListsRangesAndSteps) {
    const Cron cron = *parse_cron("*/20 8-18/5  1,15 jan-mar,12 *");
    EXPECT_EQ(cron.minutes.count(), 3U);
    EXPECT_TRUE(cron.minutes.test(40));
    EXPECT_EQ(cron.hours.count(), 3U);
    EXPECT_TRUE(cron.hours.test(18));
    EXPECT_EQ(cron.days.count(), 2U);
    EXPECT_EQ(cron.months.count(), 4U);
    EXPECT_EQ(cron.weekdays.count(), 7U);
    EXPECT_TRUE(parse_cron("5/15 0 * * *")->minutes.test(50)) << "a step goes to the end";
}

TEST(Crontab, KnowsSundayByThreeNames) {
    const Cron sunday = *parse_cron("0 0 * * 0");
    EXPECT_EQ(sunday, *parse_cron("0 0 * * 7"));
    EXPECT_EQ(sunday, *parse_cron("0 0 * * Sun"));
    EXPECT_EQ(parse_cron("0 0 * * 5-7")->weekdays.count(), 3U);
}

TEST(Crontab, TakesEitherDayWhereBothAreNamed) {
    const Cron either = *parse_cron("0 0 13 * fri");
    EXPECT_TRUE(falls_on(either, 2024y / 6 / 13));  // a Thursday
    EXPECT_TRUE(falls_on(either, 2024y / 6 / 14));  // a Friday
    EXPECT_FALSE(falls_on(either, 2024y / 6 / 15));
    const Cron both = *parse_cron("0 0 */2 * fri");
    EXPECT_FALSE(falls_on(both, 2024y / 6 / 14)) << "a star restricts nothing";
    EXPECT_TRUE(falls_on(both, 2024y / 6 / 21));
}

TEST(Crontab, SaysWhichFieldIsWrong) {
    const auto mistake = [](std::string_view text) { return parse_cron(text).error().message; };
    EXPECT_EQ(mistake("30 25 * * *"), "hour '25': numbers from 0 to 23, as in 5, 1-5, */2 or 1,15");
    EXPECT_EQ(
        mistake("0 0 * * thursday"),
        "day of the week 'thursday': numbers from 0 to 7 or sun to sat, as in 5, 1-5, */2 or 1,15"
    );
    for (const std::string_view text : {"", "* * * *", "* * * * * *", "@daily"}) {
        EXPECT_NE(mistake(text).find("five fields"), std::string::npos) << text;
    }
    for (const std::string_view text :
         {"-1 * * * *", "*/0 * * * *", "5-1 * * * *", "1,,2 * * * *", "* * 0 * *", "* * * 13 *"}) {
        EXPECT_FALSE(parse_cron(text)) << text;
    }
    EXPECT_NE(mistake("0 0 31 2,4,6 *").find("never falls due"), std::string::npos);
}

}  // namespace
}  // namespace thidua
