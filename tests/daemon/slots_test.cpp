// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What becomes of occurrences, by what is on file and by the policy for those that were missed.
#include "daemon/slots.hpp"

#include <gtest/gtest.h>

namespace thidua::daemon {
namespace {

using namespace std::chrono_literals;
using store::Slot;
using store::SlotState;

Instant at(const std::string& text) {
    return *parse_instant(text);
}

/// The Mondays of October 2024, 07:30.
Occurrence monday(int number) {
    const Instant first = at("2024-10-07T07:30:00+07:00");
    const Instant when = first + std::chrono::weeks{number};
    return {when, when};
}

class Plan : public testing::Test {
  protected:
    Plan() {
        schedule_.weekday = std::chrono::Monday;
        schedule_.at = 7h + 30min;
    }

    SlotPlan plan(const std::vector<Occurrence>& fresh, Instant now) {
        return plan_slots(schedule_, open_, fresh, {}, now);
    }

    Schedule schedule_;
    std::vector<Slot> open_;
    const std::vector<Occurrence> three_{monday(0), monday(1), monday(2)};
    const Instant two_days_late_ = monday(2).due_at + 48h;
};

TEST_F(Plan, RunLatestMakesUpForTheLastAndSkipsTheOthers) {
    const SlotPlan made = plan(three_, two_days_late_);
    EXPECT_EQ(made.due, std::vector{monday(2)});
    ASSERT_EQ(made.skipped.size(), 1U);
    EXPECT_EQ(made.skipped[0].scheduled.size(), 2U);
    EXPECT_EQ(
        made.skipped[0].why,
        "overtaken: the occurrence of 2024-10-21T07:30:00+07:00 takes its place"
    );
}

TEST_F(Plan, RunAllMakesUpForEachInOrder) {
    schedule_.misfire = Misfire::RunAll;
    EXPECT_EQ(plan(three_, two_days_late_).due, three_);
}

TEST_F(Plan, SkipMakesUpForNoneButDoesWhatIsDueNow) {
    schedule_.misfire = Misfire::Skip;
    const SlotPlan late = plan(three_, two_days_late_);
    EXPECT_TRUE(late.due.empty());
    EXPECT_EQ(late.skipped.at(0).scheduled.size(), 3U);
    EXPECT_EQ(plan(three_, monday(2).due_at + 30min).due, std::vector{monday(2)});
}

TEST_F(Plan, NothingOlderThanTheWindowIsMadeUpFor) {
    schedule_.misfire = Misfire::RunAll;
    schedule_.catchup_window = 9 * 24h;
    const SlotPlan made = plan(three_, two_days_late_);
    EXPECT_EQ(made.due, (std::vector{monday(1), monday(2)}));
    EXPECT_EQ(made.skipped.at(0).why, "missed: longer ago than the catch-up window");
    schedule_.misfire = Misfire::RunLatest;
    schedule_.catchup_window = 24h;
    EXPECT_TRUE(plan(three_, two_days_late_).due.empty());
    EXPECT_EQ(plan(three_, two_days_late_).skipped.size(), 2U);
}

TEST_F(Plan, WhatWasLeftOpenIsDoneUnlessALaterOneIsDue) {
    open_ = {Slot{{"digest:weekly", monday(1).scheduled_at}, SlotState::Running}};
    EXPECT_EQ(plan({}, monday(1).due_at + 5min).due, std::vector{monday(1)});
    const SlotPlan later = plan({monday(2)}, monday(2).due_at);
    EXPECT_EQ(later.due, std::vector{monday(2)});
    ASSERT_EQ(later.failed.size(), 1U);
    schedule_.misfire = Misfire::RunAll;
    EXPECT_EQ(plan({monday(2)}, monday(2).due_at).due, (std::vector{monday(1), monday(2)}));
}

TEST(SlotEnd, SaysWhoHasGotIt) {
    EXPECT_EQ(end_of({}).state, SlotState::Done);
    EXPECT_EQ(end_of({.sent = 3}).state, SlotState::Sent);
    EXPECT_EQ(end_of({.sent = 2, .refused = 1}).state, SlotState::PartlySent);
    EXPECT_EQ(end_of({.refused = 1, .unknown = 1}).state, SlotState::Failed);
    EXPECT_EQ(
        end_of({.sent = 2, .refused = 1, .unknown = 1}).reason,
        "2 of 4 messages sent, 1 refused, 1 of which nobody knows"
    );
}

}  // namespace
}  // namespace thidua::daemon
