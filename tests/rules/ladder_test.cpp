// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The ladder of reminders, over weekends, holidays and silences.
#include "rules/alert.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace thidua::rules {
namespace {

Day ladder_day(const std::string& text) {
    return *parse_day(text);
}

/// 2025: Tết from Monday 27/01 to Friday 31/01.
Calendar with_tet() {
    Calendar made;
    for (int number = 27; number <= 31; ++number) {
        made.holidays[ladder_day("2025-01-" + std::to_string(number))] = "Tết Nguyên đán";
    }
    return made;
}

class NextReminder : public testing::Test {
  protected:
    NextReminder() {
        alert_.state = AlertState::Firing;
        alert_.held = AlertState::Firing;
        fired_on("2025-01-14");
    }

    void fired_on(const std::string& day) { alert_.since = ladder_day(day); }

    void take(AlertStep step, const std::string& day) {
        taken_.push_back({key_, step, ladder_day(day), "", {}});
    }

    void silence(const std::string& from, const std::string& until) {
        silences_.push_back(
            {1, "", "", ladder_day(from), ladder_day(until), "An", "vì", {}, std::nullopt}
        );
    }

    std::optional<NextStep> next(const std::string& today) {
        return next_step(
            key_,
            alert_,
            {ladder_, calendar_, taken_, silences_, ladder_day(today), ladder_day("2025-06-30")}
        );
    }

    static NextStep on(AlertStep step, const std::string& day) { return {step, ladder_day(day)}; }

    const AlertKey key_{"H37.10.05", "payments-online"};
    const Calendar calendar_ = with_tet();
    Ladder ladder_;
    Alert alert_;
    std::vector<StepTaken> taken_;
    std::vector<Silence> silences_;
};

TEST_F(NextReminder, TheFirstComesOnTheDayAfter) {
    EXPECT_EQ(next("2025-01-15"), on(AlertStep::First, "2025-01-15"));
}

TEST_F(NextReminder, NobodyIsRemindedOnADayOff) {
    fired_on("2025-01-17");  // a Friday
    EXPECT_EQ(next("2025-01-18"), on(AlertStep::First, "2025-01-20"));
    fired_on("2025-01-26");
    EXPECT_EQ(next("2025-01-27"), on(AlertStep::First, "2025-02-03")) << "the Monday after Tết";
}

TEST_F(NextReminder, StepsAreWorkingDaysApart) {
    take(AlertStep::First, "2025-01-15");
    EXPECT_EQ(next("2025-01-16"), on(AlertStep::Second, "2025-01-22"));
    take(AlertStep::Second, "2025-01-22");
    EXPECT_EQ(next("2025-01-23"), on(AlertStep::Leaders, "2025-02-05")) << "five days, over Tết";
    take(AlertStep::Leaders, "2025-02-05");
    EXPECT_EQ(next("2025-02-06"), std::nullopt) << "that was all";
}

TEST_F(NextReminder, WithoutLeadersItEndsAfterTheSecond) {
    ladder_.has_leaders = false;
    take(AlertStep::First, "2025-01-15");
    take(AlertStep::Second, "2025-01-22");
    EXPECT_EQ(next("2025-01-23"), std::nullopt);
}

TEST_F(NextReminder, WhatADaemonThatWasStoppedMissedIsMadeUpFor) {
    take(AlertStep::First, "2025-01-15");
    EXPECT_EQ(next("2025-02-04"), on(AlertStep::Second, "2025-02-04"));
    take(AlertStep::Second, "2025-02-04");
    EXPECT_EQ(next("2025-02-05"), on(AlertStep::Leaders, "2025-02-11")) << "and moves the rest";
}

TEST_F(NextReminder, ASilenceHoldsItBack) {
    silence("2025-01-10", "2025-01-23");
    NextStep first = on(AlertStep::First, "2025-01-24");
    first.wait = NextStep::Wait::Silenced;
    EXPECT_EQ(next("2025-01-15"), first);
    take(AlertStep::First, "2025-01-24");
    EXPECT_EQ(next("2025-01-25"), on(AlertStep::Second, "2025-02-07")) << "the rest moves with it";
}

TEST_F(NextReminder, SilencesMayFollowOneAnother) {
    silence("2025-01-15", "2025-01-17");
    silence("2025-01-18", "2025-01-24");
    EXPECT_EQ(next("2025-01-15")->day, ladder_day("2025-02-03")) << "the weekend, and then Tết";
    silences_[1].end = Silence::End{"An", {}};
    EXPECT_EQ(next("2025-01-15")->day, ladder_day("2025-01-20")) << "one of them has ended";
}

TEST_F(NextReminder, ASilenceOfSomebodyElseDoesNotMatter) {
    silence("2025-01-10", "2025-01-23");
    silences_[0].unit = "H37.10.06";
    EXPECT_EQ(next("2025-01-15"), on(AlertStep::First, "2025-01-15"));
    silences_[0].unit = key_.unit;
    silences_[0].indicator = "dossiers-online";
    EXPECT_EQ(next("2025-01-15"), on(AlertStep::First, "2025-01-15"));
    silences_[0].indicator = key_.indicator;
    EXPECT_EQ(next("2025-01-15")->wait, NextStep::Wait::Silenced);
}

TEST_F(NextReminder, NobodyIsRemindedAfterTheCampaign) {
    fired_on("2025-06-30");
    EXPECT_EQ(next("2025-07-01"), std::nullopt);
    fired_on("2025-06-20");
    silence("2025-06-20", "2025-06-30");
    EXPECT_EQ(next("2025-06-23"), std::nullopt) << "silenced until its end";
}

TEST_F(NextReminder, AResolvedAlertEndsTheLadder) {
    take(AlertStep::First, "2025-01-15");
    alert_.state = alert_.held = AlertState::Inactive;
    EXPECT_EQ(next("2025-01-16"), std::nullopt);
    alert_.state = alert_.held = AlertState::Firing;
    fired_on("2025-02-12");
    EXPECT_EQ(next("2025-02-13"), on(AlertStep::First, "2025-02-13")) << "it begins anew";
}

TEST_F(NextReminder, APendingOneHasNone) {
    alert_.state = alert_.held = AlertState::Pending;
    EXPECT_EQ(next("2025-01-15"), std::nullopt);
}

TEST_F(NextReminder, WithoutDataThereIsNoDay) {
    alert_.state = AlertState::Undetermined;
    EXPECT_EQ(
        next("2025-01-15"), (NextStep{AlertStep::First, std::nullopt, NextStep::Wait::Frozen})
    );
}

TEST_F(NextReminder, WhoIsAboveTheTargetIsNotRemindedOfIt) {
    take(AlertStep::First, "2025-01-15");
    alert_.is_recovering = true;
    EXPECT_EQ(
        next("2025-01-22"), (NextStep{AlertStep::Second, std::nullopt, NextStep::Wait::Recovery})
    );
    alert_.is_recovering = false;
    EXPECT_EQ(next("2025-01-24"), on(AlertStep::Second, "2025-01-24")) << "it did not last";
}

}  // namespace
}  // namespace thidua::rules
