// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/nomination.hpp"

#include "tests/support/case_name.hpp"

#include <gtest/gtest.h>

namespace thidua::rules {
namespace {

Day day(const std::string& text) {
    return *parse_day(text);
}

/// The plan's two windows, and two of its parts.
Plan plan() {
    Plan made;
    made.nomination_parts = {
        {"to-trinh", "Tờ trình", "", "IV.3.a"}, {"bien-ban", "Biên bản", "", "IV.3.b"}};
    made.awards = {
        {"giay-khen", "Giấy khen", "giam-doc-so", "IV.2.a", 1, {}},
        {"bang-khen", "Bằng khen", "chu-tich", "IV.2.b", 2, {}}};
    made.deadlines = {
        {"nop", "", day("2025-01-01"), day("2025-01-02"), "van-phong-so", "IV.4", {}},
        {"trinh", "", day("2025-01-04"), day("2025-01-06"), "so-noi-vu", "IV.4", {"bang-khen"}}};
    return made;
}

Calendar calendar() {
    Calendar made;
    made.holidays = {{day("2025-01-01"), "Tết Dương lịch"}};
    return made;
}

struct Handed {
    std::string part;
    std::int64_t copies;
    std::string on;
};

NominationState state_of(
    const std::vector<Handed>& handed, const std::string& award, const std::string& on
) {
    const Plan made = plan();
    std::vector<Receipt> receipts;
    for (const Handed& one : handed) {
        receipts.push_back(
            {"H37.10.05", award, "nop", one.part, one.copies, day(one.on), "An", Instant{}, ""}
        );
    }
    receipts.push_back({"H37.10.02", award, "nop", "to-trinh", 1, day("2025-01-02"), "An", {}, ""});
    receipts.push_back({"H37.10.05", award, "trinh", "to-trinh", 1, day("2025-01-02"), "An", {}, ""}
    );
    const Award& asked = made.awards[award == "giay-khen" ? 0 : 1];
    return check_nomination({made, asked, made.deadlines[0], "H37.10.05", receipts, day(on)});
}

struct TimingCase {
    std::string name;
    std::string award;
    std::vector<Handed> handed;
    std::string on;
    Timing timing;
    std::string complete_on;  ///< empty: not complete

    friend void PrintTo(const TimingCase& row, std::ostream* out) { *out << row.name; }
};

class TimingOf : public testing::TestWithParam<TimingCase> {};

TEST_P(TimingOf, IsByTheDayOnWhichTheLastPaperCame) {
    const TimingCase& row = GetParam();
    const NominationState state = state_of(row.handed, row.award, row.on);
    EXPECT_EQ(state.timing, row.timing);
    EXPECT_EQ(state.complete_on ? thidua::to_text(*state.complete_on) : "", row.complete_on);
}

const std::vector<Handed> both{{"to-trinh", 1, "2025-01-01"}, {"bien-ban", 1, "2025-01-02"}};

const TimingCase timing_cases[] = {
    {"NothingYet", "giay-khen", {}, "2025-01-02", Timing::Open, ""},
    {"NothingAtAll", "giay-khen", {}, "2025-01-03", Timing::Missed, ""},
    {"OnTheLastDay", "giay-khen", both, "2025-01-10", Timing::InTime, "2025-01-02"},
    {"NotYetByThen", "giay-khen", both, "2025-01-01", Timing::Open, ""},
    {"OneOfTwoCopies", "bang-khen", both, "2025-01-02", Timing::Open, ""},
    {"TwoTimesOneCopy",
     "bang-khen",
     {{"to-trinh", 1, "2025-01-01"}, {"to-trinh", 1, "2025-01-02"}, {"bien-ban", 2, "2025-01-01"}},
     "2025-01-02",
     Timing::InTime,
     "2025-01-02"},
    {"BeforeTheWindow",
     "giay-khen",
     {{"to-trinh", 1, "2024-12-30"}, {"bien-ban", 1, "2024-12-31"}},
     "2025-01-02",
     Timing::Early,
     "2024-12-31"},
    {"ADayLate",
     "giay-khen",
     {{"to-trinh", 1, "2025-01-01"}, {"bien-ban", 1, "2025-01-03"}},
     "2025-01-03",
     Timing::Late,
     "2025-01-03"},
    {"HandedBack",
     "giay-khen",
     {{"to-trinh", 1, "2025-01-01"}, {"bien-ban", 1, "2025-01-01"}, {"bien-ban", -1, "2025-01-02"}},
     "2025-01-03",
     Timing::Missed,
     ""},
    {"HandedBackAndInAgain",
     "giay-khen",
     {{"to-trinh", 1, "2025-01-01"},
      {"bien-ban", 1, "2025-01-01"},
      {"bien-ban", -1, "2025-01-02"},
      {"bien-ban", 1, "2025-01-03"}},
     "2025-01-03",
     Timing::Late,
     "2025-01-03"},
    {"RecordedInAnotherOrder",
     "giay-khen",
     {{"bien-ban", 1, "2025-01-02"}, {"to-trinh", 1, "2025-01-01"}},
     "2025-01-03",
     Timing::InTime,
     "2025-01-02"},
};

INSTANTIATE_TEST_SUITE_P(Nomination, TimingOf, testing::ValuesIn(timing_cases), test::case_name<TimingCase>);

TEST(Nomination, TellsWhatIsMissing) {
    const NominationState state = state_of(
        {{"to-trinh", 2, "2025-01-01"}, {"bien-ban", 1, "2025-01-01"}}, "bang-khen", "2025-01-02"
    );
    EXPECT_TRUE(state.is_begun);
    ASSERT_EQ(state.parts.size(), 2U);
    EXPECT_EQ(state.parts[0], (PartState{"to-trinh", "Tờ trình", 2, 2, day("2025-01-01")}));
    EXPECT_EQ(state.parts[1], (PartState{"bien-ban", "Biên bản", 2, 1, std::nullopt}));
}

TEST(Nomination, OfAPlanWithoutPartsIsNeverComplete) {
    Plan made = plan();
    made.nomination_parts.clear();
    const auto state = check_nomination(
        {made, made.awards[0], made.deadlines[0], "H37.10.05", {}, day("2025-01-03")}
    );
    EXPECT_EQ(state.timing, Timing::Missed);
}

TEST(Nomination, WindowsAreThoseOfTheAward) {
    const Plan made = plan();
    ASSERT_EQ(deadlines_for(made, made.awards[0]).size(), 1U);
    EXPECT_EQ(deadlines_for(made, made.awards[0])[0]->id, "nop");
    EXPECT_EQ(deadlines_for(made, made.awards[1]).size(), 2U);
}

TEST(Nomination, DaysOffOfAWindowArePointedOut) {
    const Plan made = plan();
    EXPECT_EQ(
        days_off(calendar(), made.deadlines[0]),
        (std::vector<DayOff>{{day("2025-01-01"), "Tết Dương lịch"}})
    );
    EXPECT_EQ(
        days_off(calendar(), made.deadlines[1]),
        (std::vector<DayOff>{{day("2025-01-04"), "thứ Bảy"}, {day("2025-01-05"), "Chủ nhật"}})
    );
}

struct ReminderCase {
    std::string name;
    std::string on;
    std::vector<Handed> handed;
    std::optional<Reminder::Kind> kind;

    friend void PrintTo(const ReminderCase& row, std::ostream* out) { *out << row.name; }
};

class RemindersDue : public testing::TestWithParam<ReminderCase> {};

TEST_P(RemindersDue, AreTheOnesOfTheDay) {
    const ReminderCase& row = GetParam();
    const std::vector states{state_of(row.handed, "giay-khen", row.on)};
    const auto due = reminders_due(plan(), calendar(), states, day(row.on));
    ASSERT_EQ(due.size(), row.kind ? 1U : 0U);
    if (row.kind) {
        EXPECT_EQ(due[0].kind, *row.kind);
        EXPECT_EQ(due[0].missing.back(), "bien-ban");
        EXPECT_TRUE(is_day_of_reminders(plan(), calendar(), day(row.on)));
    }
}

const std::vector<Handed> begun{{"to-trinh", 1, "2024-12-20"}};
const std::vector<Handed> complete{{"to-trinh", 1, "2024-12-20"}, {"bien-ban", 1, "2024-12-20"}};

const ReminderCase reminder_cases[] = {
    {"FiveWorkingDaysBefore", "2024-12-25", {}, Reminder::Kind::ComingUp},
    {"SixWorkingDaysBefore", "2024-12-24", {}, std::nullopt},
    {"FourWorkingDaysBefore", "2024-12-26", {}, std::nullopt},
    {"TheWorkingDayBefore", "2024-12-31", {}, Reminder::Kind::ComingUp},
    {"NotOnAHoliday", "2025-01-01", begun, std::nullopt},
    {"TheLastDayOfWhatWasBegun", "2025-01-02", begun, Reminder::Kind::LastDay},
    {"TheLastDayOfWhatWasNot", "2025-01-02", {}, std::nullopt},
    {"TheWorkingDayAfter", "2025-01-03", begun, Reminder::Kind::Overdue},
    {"NotOnTheWeekend", "2025-01-04", begun, std::nullopt},
    {"NotTwice", "2025-01-06", begun, std::nullopt},
    {"NotOfWhatIsComplete", "2024-12-31", complete, std::nullopt},
};

TEST(Nomination, MostDaysRemindOfNothing) {
    for (const char* on : {"2024-10-18", "2024-12-24", "2025-01-01", "2025-01-08"}) {
        EXPECT_FALSE(is_day_of_reminders(plan(), calendar(), day(on))) << on;
    }
}

INSTANTIATE_TEST_SUITE_P(Nomination, RemindersDue, testing::ValuesIn(reminder_cases), test::case_name<ReminderCase>);

}  // namespace
}  // namespace thidua::rules
