// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which digest must have ended by now, and what counts as ended.
#include "daemon/absence.hpp"

#include "tests/connectors/preset.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace thidua::daemon {
namespace {

using namespace std::chrono_literals;
using test::at;

class Absence : public testing::Test {
  protected:
    Absence() {
        settings_.campaign.start = test::day("2024-06-07");
        settings_.campaign.end = test::day("2024-12-31");
        settings_.digest.emplace();
        settings_.digest->schedule.weekday = std::chrono::Monday;
        settings_.digest->schedule.at = 7h + 30min;
    }

    std::string week_expected_at(const std::string& now) {
        const auto expected = expected_digest(settings_, at(now));
        return expected ? to_text(expected->week) : "none";
    }

    static AbsenceLook newest(const std::string& slot, store::SlotState state) {
        store::Slot found;
        found.key = {"digest:weekly", at(slot)};
        found.state = state;
        found.started_at = at(slot);
        return {std::optional(found), std::nullopt};
    }

    Presence presence(const AbsenceLook& look) {
        return presence_of(*expected_digest(settings_, at("2024-10-21T12:00:00+07:00")), look);
    }

    config::Settings settings_;
};

TEST_F(Absence, ADigestMustHaveEndedThreeHoursAfterItWasDue) {
    EXPECT_EQ(week_expected_at("2024-10-21T10:29:59+07:00"), "2024-W41");
    EXPECT_EQ(week_expected_at("2024-10-21T10:30:00+07:00"), "2024-W42");
    settings_.operator_contact.absence_after = 1h;
    EXPECT_EQ(week_expected_at("2024-10-21T08:30:00+07:00"), "2024-W42");
    EXPECT_EQ(week_expected_at("2024-06-03T12:00:00+07:00"), "none");
    EXPECT_EQ(week_expected_at("2025-02-03T12:00:00+07:00"), "none");
    settings_.digest.reset();
    EXPECT_EQ(week_expected_at("2024-10-21T12:00:00+07:00"), "none");
}

TEST_F(Absence, OnlyAnEndOfTheSlotOrALaterOneWillDo) {
    using store::SlotState;
    const std::string slot = "2024-10-21T07:30:00+07:00";
    for (const auto state :
         {SlotState::Done,
          SlotState::Sent,
          SlotState::PartlySent,
          SlotState::Withheld,
          SlotState::Skipped,
          SlotState::Failed}) {
        EXPECT_EQ(presence(newest(slot, state)), Presence::Ended) << store::to_text(state);
    }
    for (const auto state : {SlotState::Running, SlotState::Waiting, SlotState::Delivering}) {
        EXPECT_EQ(presence(newest(slot, state)), Presence::Absent) << store::to_text(state);
    }
    EXPECT_EQ(presence(newest("2024-10-14T07:30:00+07:00", SlotState::Sent)), Presence::Absent);
    EXPECT_EQ(presence(newest("2024-10-28T07:30:00+07:00", SlotState::Running)), Presence::Ended);
    EXPECT_EQ(presence({std::optional<store::Slot>(), std::nullopt}), Presence::Absent);
    EXPECT_EQ(presence({fail(ErrorKind::Io, "locked"), std::nullopt}), Presence::Unreadable);
}

TEST_F(Absence, SaysWhatItFound) {
    const auto now = at("2024-10-21T12:00:00+07:00");
    const auto expected = *expected_digest(settings_, now);
    const store::WitnessLine witness{1, 12, "h", at("2024-10-20T05:00:00+07:00")};
    EXPECT_EQ(
        absence_notice(
            settings_,
            expected,
            newest("2024-10-21T07:30:00+07:00", store::SlotState::Delivering),
            now
        )
            .what,
        "the digest that was due at 2024-10-21T07:30:00+07:00 has not ended: delivering since "
        "2024-10-21T07:30:00+07:00"
    );
    EXPECT_EQ(
        absence_notice(settings_, expected, {std::optional<store::Slot>(), witness}, now).what,
        "nobody has begun the digest that was due at 2024-10-21T07:30:00+07:00; the witness saw "
        "its last entry, number 12, at 2024-10-20T05:00:00+07:00"
    );
    const Notice unread =
        absence_notice(settings_, expected, {fail(ErrorKind::Io, "locked"), std::nullopt}, now);
    EXPECT_EQ(unread.error_class, "unreadable");
    EXPECT_EQ(
        unread.what,
        "the ledger cannot be read, so nobody knows whether the digest has ended: locked; there is "
        "no witness of it either"
    );
}

TEST_F(Absence, ALedgerThatIsNotThereCannotBeRead) {
    settings_.store_path = "/nonexistent/thidua.db";
    const AbsenceLook look = look_for_digest(settings_, 10s);
    EXPECT_FALSE(look.newest);
    EXPECT_FALSE(look.witness);
}

}  // namespace
}  // namespace thidua::daemon
