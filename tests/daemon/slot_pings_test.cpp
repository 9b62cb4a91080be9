// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which ping a digest's slot is worth, and when it is made again.
#include "daemon/slot_pings.hpp"

#include "daemon/webhook.hpp"
#include "tests/connectors/preset.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace thidua::daemon {
namespace {

using namespace std::chrono_literals;
using test::at;

class SlotPings : public testing::Test {
  protected:
    SlotPings() {
        settings_.campaign.start = test::day("2024-06-07");
        settings_.campaign.end = test::day("2024-12-31");
        settings_.digest.emplace();
        settings_.digest->schedule.weekday = std::chrono::Monday;
        settings_.digest->schedule.at = 7h + 30min;
        settings_.operator_contact.ping_url_file = "secrets/ping";
    }

    /// The digest's slot in this state; "" while nobody has worked on it.
    void slot(const std::string& state) {
        slots_.clear();
        if (const auto known = store::parse_slot_state(state)) {
            store::Slot& slot = slots_.emplace_back();
            slot.key = {"digest:weekly", slot_};
            slot.state = *known;
            slot.finished_at =
                store::has_ended(*known) ? std::optional(slot_ + 1min) : std::nullopt;
        }
    }

    /// The suffix of the ping at `now`, "-" if there is none; it goes well or not.
    std::string ping_at(Instant now, bool is_well = true) {
        const auto ping = slot_ping(settings_, slots_, row_, now);
        if (!ping) {
            return "-";
        }
        row_ = after_ping(
            *ping,
            is_well ? Result<void>{} : Result<void>(fail(ErrorKind::Transient, "answered 500")),
            now
        );
        return ping->suffix.empty() ? "end" : std::string(ping->suffix);
    }

    const Instant slot_ = at("2024-10-21T07:30:00+07:00");
    config::Settings settings_;
    std::vector<store::Slot> slots_;
    std::optional<store::NoticeRow> row_;
};

TEST_F(SlotPings, TellOfBeginningAndEndOnce) {
    EXPECT_EQ(ping_at(slot_), "/start");
    EXPECT_EQ(ping_at(slot_ + 1s), "-");
    slot("delivering");
    EXPECT_EQ(ping_at(slot_ + 2s), "-");
    slot("sent");
    EXPECT_EQ(ping_at(slot_ + 1min), "end");
    EXPECT_EQ(ping_at(slot_ + 2min), "-");
    EXPECT_EQ(ping_at(slot_ + 24h * 7), "/start");  // the next week's
}

TEST_F(SlotPings, TellOfAnEndWithoutItsBeginning) {
    slot("done");
    EXPECT_EQ(ping_at(slot_ + 1min), "end");
}

TEST_F(SlotPings, TellOfFailure) {
    for (const char* state : {"failed", "withheld"}) {
        row_.reset();
        slot(state);
        EXPECT_EQ(ping_at(slot_ + 1min), "/fail") << state;
    }
    for (const char* state : {"skipped", "partly-sent"}) {
        row_.reset();
        slot(state);
        EXPECT_EQ(ping_at(slot_ + 1min), "end") << state;
    }
}

TEST_F(SlotPings, AreMadeAgainUntilTheWatchHears) {
    slot("done");
    EXPECT_EQ(ping_at(slot_ + 1min, false), "end");
    EXPECT_EQ(ping_at(slot_ + 1min + 30s, false), "-");
    EXPECT_EQ(ping_at(slot_ + 2min, false), "end");
    EXPECT_EQ(ping_at(slot_ + 4min), "end");
    EXPECT_EQ(ping_at(slot_ + 9min), "-");
}

TEST_F(SlotPings, AreNotMadeOfOldNewsNorBesideTheCampaign) {
    slot("done");
    EXPECT_EQ(ping_at(slot_ + 25h), "-");
    slots_.clear();
    EXPECT_EQ(ping_at(at("2025-06-10T08:00:00+07:00")), "-");
    settings_.operator_contact.ping_url_file.clear();
    EXPECT_EQ(ping_at(slot_), "-");
}

TEST_F(SlotPings, OfOneRunHaveOneId) {
    EXPECT_EQ(run_id(slot_), run_id(slot_));
    EXPECT_NE(run_id(slot_), run_id(slot_ + 24h * 7));
    EXPECT_EQ(run_id(slot_).size(), 36U);
}

TEST(Webhook, TheSuffixStandsBehindThePathAndBeforeTheQuery) {
    EXPECT_EQ(with_suffix("https://h/uuid", "/start", "rid=1"), "https://h/uuid/start?rid=1");
    EXPECT_EQ(with_suffix("https://h/uuid/", "", "rid=1"), "https://h/uuid?rid=1");
    EXPECT_EQ(
        with_suffix("https://h/k/s?create=1", "/fail", "rid=1"), "https://h/k/s/fail?create=1&rid=1"
    );
}

}  // namespace
}  // namespace thidua::daemon
