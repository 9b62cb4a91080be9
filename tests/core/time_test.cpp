// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/time.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua {
namespace {

using std::chrono::milliseconds;

Day day(int year, unsigned month, unsigned date) {
    return Day{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{date}};
}

TEST(BusinessDay, BeginsAtSeventeenHoursUtcTheDayBefore) {
    const auto before = parse_instant("2024-12-31T16:59:59.999Z");
    const auto after = parse_instant("2024-12-31T17:00:00Z");
    ASSERT_TRUE(before && after);
    EXPECT_EQ(to_text(day_of(*before)), "2024-12-31");
    EXPECT_EQ(to_text(day_of(*after)), "2025-01-01");
    EXPECT_EQ(first_instant(day(2025, 1, 1)), *after);
    EXPECT_EQ(last_instant(day(2024, 12, 31)), *before);
}

struct TimeCase {
    std::string name;
    std::string text;
    TimeFormat format;
    std::string instant;  // empty: refused

    friend void PrintTo(const TimeCase& row, std::ostream* out) { *out << row.name; }
};

class ParseTime : public testing::TestWithParam<TimeCase> {};

TEST_P(ParseTime, ReadsWhatTheSourceMeans) {
    const auto instant = parse_time(GetParam().text, GetParam().format);
    ASSERT_EQ(instant.has_value(), !GetParam().instant.empty());
    if (instant) {
        EXPECT_EQ(to_text(*instant), GetParam().instant);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Times,
    ParseTime,
    testing::ValuesIn(std::vector<TimeCase>{
        {"OffsetWithoutColon", "2024-06-17T08:15:03.000+0700", TimeFormat::Iso,
         "2024-06-17T08:15:03+07:00"},
        {"OffsetWithColon", "2024-06-17T08:15:03+07:00", TimeFormat::Iso,
         "2024-06-17T08:15:03+07:00"},
        {"Utc", "2024-06-17T01:15:03.120Z", TimeFormat::Iso, "2024-06-17T08:15:03.120+07:00"},
        {"WestOfGreenwich", "2024-06-16T20:15:03-05:00", TimeFormat::Iso,
         "2024-06-17T08:15:03+07:00"},
        {"FalseZ", "2024-06-17T08:15:03.000Z", TimeFormat::LocalIso, "2024-06-17T08:15:03+07:00"},
        {"Compact", "20240617081503", TimeFormat::Compact, "2024-06-17T08:15:03+07:00"},
        {"LocalDay", "2024-06-17", TimeFormat::Local, "2024-06-17T00:00:00+07:00"},
        {"LocalTime", "2024-06-17T08:15:03", TimeFormat::Local, "2024-06-17T08:15:03+07:00"},
        {"LocalWithAnOffset", "2024-06-17T08:15:03Z", TimeFormat::Local, ""},
        {"Slashed", "17/06/2024 08:15:03", TimeFormat::Slashed, "2024-06-17T08:15:03+07:00"},
        {"SlashedWithoutSeconds", "17/06/2024 08:15", TimeFormat::Slashed,
         "2024-06-17T08:15:00+07:00"},
        {"SlashedDay", "17/06/2024", TimeFormat::Slashed, "2024-06-17T00:00:00+07:00"},
        {"SlashedTheOtherWay", "06/17/2024", TimeFormat::Slashed, ""},
        {"SlashedNoSuchDay", "30/02/2024", TimeFormat::Slashed, ""},
        {"SlashedAtTwentyFour", "17/06/2024 24:00", TimeFormat::Slashed, ""},
        {"NoSuchDay", "2024-06-31T08:15:03+07:00", TimeFormat::Iso, ""},
        {"TwentyFourHours", "2024-06-17T24:00:00Z", TimeFormat::Iso, ""},
        {"WithoutZone", "2024-06-17T08:15:03", TimeFormat::Iso, ""},
        {"DefaultOfSomeSystems", "00010101000000", TimeFormat::Compact, ""},
        {"TooShort", "2024061708", TimeFormat::Compact, ""},
        {"Empty", "", TimeFormat::Iso, ""},
    }),
    test::case_name<TimeCase>
);

const std::vector<std::string> times_of_all_kinds{
    "2024-06-17T08:15:03.000+0700",
    "2024-06-17T08:15:03.250+07:00",
    "2024-06-17T08:15:03Z",
    "2024-06-17T08:15:03z",
    "2024-06-17T08:15:03.9Z",
    "2024-06-17T08:15:03.123456789+0700",
    "2024-06-17T08:15:03.+0700",
    "2024-06-17T08:15:03.12Z",
    "2024-06-17T08:15:03-0530",
    "2024-06-17T08:15:03+1500",
    "2024-06-17T08:15:03",
    "2024-06-17T08:15:03.000",
    "2024-06-17T08:15:03.000+0700 ",
    "2024-06-17T08:15:03.000+0700junk",
    "2024-06-17T08:15",
    "2024-02-29T23:59:59.999+0700",
    "2023-02-29T00:00:00Z",
    "2024-02-30T00:00:00Z",
    "2024-04-31T00:00:00Z",
    "2024-12-31T23:59:60Z",
    "2024-06-17T24:00:00Z",
    "2024-00-17T08:15:03Z",
    "2024-13-17T08:15:03Z",
    "2024-06-00T08:15:03Z",
    "0001-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "1970-01-01T00:00:00Z",
    "9999-12-28T23:59:59.999+0700",
    "9999-12-31T23:59:59.999Z",
};

/// What nearly every text is has a way of its own. A space in place of the T means the same and
/// never goes that way.
void expect_one_meaning(std::string text) {
    for (const TimeFormat format : {TimeFormat::Iso, TimeFormat::LocalIso}) {
        const auto one_way = parse_time(text, format);
        std::string other = text;
        other[10] = ' ';
        const auto other_way = parse_time(other, format);
        ASSERT_EQ(one_way.has_value(), other_way.has_value()) << text;
        if (one_way) {
            ASSERT_EQ(*one_way, *other_way) << text;
        }
    }
}

TEST(ParseTime, ReadsTheUsualTextsAsItReadsTheOthers) {
    for (const std::string& text : times_of_all_kinds) {
        expect_one_meaning(text);
        for (std::size_t place = 0; place < text.size(); ++place) {
            std::string changed = text;
            for (int byte = 0; byte < 256 && place != 10; ++byte) {
                changed[place] = static_cast<char>(byte);
                expect_one_meaning(changed);
            }
        }
    }
    EXPECT_TRUE(parse_time(times_of_all_kinds.front(), TimeFormat::Iso));
}

TEST(ParseTime, ReadsEveryDayAsTheCalendarHasIt) {
    for (Day at = day(1970, 1, 1); at < day(2070, 1, 1); at += std::chrono::days{1}) {
        ASSERT_EQ(
            parse_time(to_text(at) + "T00:00:00.000+0700", TimeFormat::Iso), first_instant(at)
        );
    }
}

TEST(FormatTime, WritesWhatTheSourcesRead) {
    const Instant instant = *parse_instant("2024-06-17T14:30:03.250+07:00");
    EXPECT_EQ(format_time(instant, TimeFormat::Iso), "2024-06-17T14:30:03.250+0700");
    EXPECT_EQ(format_time(instant, TimeFormat::LocalIso), "2024-06-17T14:30:03.250Z");
    EXPECT_EQ(format_time(instant, TimeFormat::Compact), "20240617143003");
    EXPECT_EQ(to_utc_text(instant), "2024-06-17T07:30:03.250Z");
}

struct WeekCase {
    std::string name;
    Day day;
    IsoWeek week;

    friend void PrintTo(const WeekCase& row, std::ostream* out) { *out << row.name; }
};

class WeekOf : public testing::TestWithParam<WeekCase> {};

TEST_P(WeekOf, FollowsIso8601) {
    EXPECT_EQ(week_of(GetParam().day), GetParam().week);
}

INSTANTIATE_TEST_SUITE_P(
    Weeks,
    WeekOf,
    testing::ValuesIn(std::vector<WeekCase>{
        {"CampaignStart", day(2024, 6, 7), {2024, 23}},
        {"CampaignEndIsInTheNextYear", day(2024, 12, 31), {2025, 1}},
        {"SundayBelongsToItsMonday", day(2024, 10, 20), {2024, 42}},
        {"Week53", day(2020, 12, 31), {2020, 53}},
        {"JanuaryInWeek53", day(2021, 1, 3), {2020, 53}},
        {"FirstMonday", day(2021, 1, 4), {2021, 1}},
    }),
    test::case_name<WeekCase>
);

TEST(WeekOf, AgreesWithMondayAndSundayOnEveryDayOfFiftyYears) {
    for (Day at = day(1990, 1, 1); at < day(2040, 1, 1); at += std::chrono::days{1}) {
        const IsoWeek week = week_of(at);
        ASSERT_LE(monday_of(week), at);
        ASSERT_GE(sunday_of(week), at);
        ASSERT_EQ(std::chrono::weekday{monday_of(week)}, std::chrono::Monday);
        ASSERT_EQ(parse_week(to_text(week)), week);
    }
}

TEST(ParseWeek, RefusesAWeekTheYearDoesNotHave) {
    EXPECT_FALSE(parse_week("2024-W53"));
    EXPECT_FALSE(parse_week("2024-W00"));
    EXPECT_FALSE(parse_week("2024-42"));
    EXPECT_TRUE(parse_week("2020-W53"));
}

TEST(ParseDay, RefusesADayTheCalendarDoesNotHave) {
    EXPECT_FALSE(parse_day("2024-06-31"));
    EXPECT_FALSE(parse_day("7/6/2024"));
    EXPECT_EQ(parse_day("2024-02-29"), day(2024, 2, 29));
}

TEST(ParseDuration, ReadsOneUnit) {
    EXPECT_EQ(parse_duration("500ms"), milliseconds{500});
    EXPECT_EQ(parse_duration("7d"), std::chrono::days{7});
    EXPECT_EQ(parse_duration("0s"), milliseconds{0});
    EXPECT_FALSE(parse_duration("5"));
    EXPECT_FALSE(parse_duration("-5s"));
    EXPECT_FALSE(parse_duration("1h30m"));
}

}  // namespace
}  // namespace thidua
