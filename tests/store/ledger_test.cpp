// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/hash.hpp"
#include "tests/store/store_fixture.hpp"

namespace thidua::store {
namespace {

using namespace std::chrono_literals;

class Ledger : public StoreTest {
  protected:
    static Edition edition(const std::string& text) {
        Edition made;
        made.id = "weekly/2024-W42/all/1";
        made.report = "weekly";
        made.period = "2024-W42";
        made.as_of = *parse_day("2024-10-20");
        made.known_at = at("2024-10-21T07:30:00+07:00");
        made.created_at = made.known_at;
        made.subject = "Tuần 42";
        made.documents = {{"a.html", text}, {"a.txt", "same"}};
        made.messages = {
            {"giam-doc", "a@example.vn", "m1@example.vn", "message one"},
            {"van-phong", "b@example.vn", "m2@example.vn", "message two"}};
        return made;
    }

    const Instant morning_ = at("2024-10-21T07:30:00+07:00");
};

TEST_P(Ledger, AnEditionIsPublishedOnceAndNeverOverwritten) {
    ASSERT_TRUE(store_.add_edition(edition("first")));
    ASSERT_TRUE(store_.add_edition(edition("second")));
    const auto found = store_.find_edition("weekly/2024-W42/all/1");
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->documents[0].bytes, "first");
    EXPECT_EQ((*found)->subject, "Tuần 42");
    EXPECT_EQ(store_.due_deliveries(morning_)->size(), 2U);
    EXPECT_EQ(store_.artefact(sha256_hex("message one")), "message one");
}

TEST_P(Ledger, ADocumentIsReadWithoutTheRestOfItsEdition) {
    const std::string id = "weekly/2024-W42/all/1";
    ASSERT_TRUE(store_.add_edition(edition("first")));
    EXPECT_EQ(*store_.edition_document(id, ".html"), "first");
    EXPECT_EQ(*store_.edition_document(id, ".txt"), "same");
    EXPECT_EQ(*store_.edition_document(id, ".pdf"), std::nullopt);
    EXPECT_EQ(*store_.edition_document("weekly/2024-W43/all/1", ".html"), std::nullopt);
}

TEST_P(Ledger, OneRecipientsTroubleIsNotAnothers) {
    ASSERT_TRUE(store_.add_edition(edition("first")));
    const auto due = *store_.due_deliveries(morning_);
    ASSERT_TRUE(store_.record_attempt(due[0], morning_));
    ASSERT_TRUE(store_.record_outcome(due[0], {"refused", std::nullopt, 550, "no such user"}));
    ASSERT_TRUE(store_.record_attempt(due[1], morning_));
    ASSERT_TRUE(store_.record_outcome(due[1], {"sent", std::nullopt, 250, "ok"}));
    EXPECT_TRUE(store_.due_deliveries(morning_)->empty());
    const auto rows = *store_.deliveries("weekly/2024-W42/all/1");
    EXPECT_EQ(rows[0].state, "refused");
    EXPECT_EQ(rows[0].reply, "no such user");
    EXPECT_EQ(rows[1].state, "sent");
    EXPECT_EQ(store_.editions()->at(0).sent, 1);
}

TEST_P(Ledger, ADeferredMessageComesOfAgeAndACrashedAttemptIsDueAtOnce) {
    ASSERT_TRUE(store_.add_edition(edition("first")));
    const auto due = *store_.due_deliveries(morning_);
    const Instant later = morning_ + std::chrono::minutes{5};
    ASSERT_TRUE(store_.record_attempt(due[0], morning_));
    ASSERT_TRUE(store_.record_outcome(due[0], {"deferred", later, 451, "later"}));
    ASSERT_TRUE(store_.record_attempt(due[1], morning_));  // and then the process dies
    const auto now_due = *store_.due_deliveries(morning_);
    ASSERT_EQ(now_due.size(), 1U);
    EXPECT_EQ(now_due[0].recipient, "van-phong");
    EXPECT_EQ(now_due[0].attempts, 1);
    EXPECT_EQ(store_.next_delivery(), later);
    EXPECT_EQ(store_.due_deliveries(later)->size(), 2U);
}

TEST_P(Ledger, ASlotHasOneEnd) {
    const SlotKey slot{"digest:weekly", morning_};
    EXPECT_EQ(*store_.begin_slot(slot, morning_), true);
    EXPECT_EQ(store_.find_slot(slot)->value().state, SlotState::Running);
    ASSERT_TRUE(store_.move_slot(slot, SlotState::Delivering, "", morning_));
    EXPECT_EQ(*store_.begin_slot(slot, morning_), false) << "it is published";
    ASSERT_TRUE(store_.end_slot(slot, SlotState::PartlySent, "1 of 2", morning_));
    ASSERT_TRUE(store_.end_slot(slot, SlotState::Sent, "", morning_));
    EXPECT_EQ(store_.find_slot(slot)->value().state, SlotState::PartlySent);
    EXPECT_EQ(*store_.begin_slot(slot, morning_), false);
    EXPECT_EQ(store_.last_slot("digest:weekly", morning_), morning_);
    EXPECT_EQ(*store_.last_slot("digest:weekly", morning_ - 1ms), std::nullopt);
    EXPECT_EQ(*store_.last_slot("pull:tthc", morning_), std::nullopt);
    EXPECT_TRUE(store_.open_slots()->empty());
}

TEST_P(Ledger, ASlotThatWaitsOrWasLeftRunningIsTakenAgain) {
    const SlotKey slot{"pull:tthc", morning_};
    ASSERT_TRUE(store_.move_slot(slot, SlotState::Waiting, "the source is away", morning_));
    EXPECT_EQ(store_.open_slots()->at(0).reason, "the source is away");
    EXPECT_EQ(*store_.begin_slot(slot, morning_), true);
    EXPECT_EQ(*store_.raise_term(), 1);  // the next process, after this one was killed
    EXPECT_EQ(store_.open_slots()->at(0).state, SlotState::Running);
    EXPECT_EQ(*store_.begin_slot(slot, morning_), true);
    EXPECT_EQ(store_.find_slot(slot)->value().attempts, 2);
    EXPECT_EQ(store_.find_slot(slot)->value().term, 1);
    EXPECT_EQ(*store_.raise_term(), 2);
}

TEST_P(Ledger, WhatWasMissedIsSkippedAtOnceAndToldOnce) {
    const Instant noon = at("2024-10-21T12:00:00+07:00");
    ASSERT_TRUE(store_.end_slot({"pull:tthc", noon}, SlotState::Done, "", noon));
    const std::int64_t before = store_.audit_head()->number;
    ASSERT_TRUE(store_.skip_slots("pull:tthc", {{morning_, noon}, "overtaken"}, noon));
    const auto slots = *store_.slots("pull:tthc", 10);
    ASSERT_EQ(slots.size(), 2U);
    EXPECT_EQ(slots[0].state, SlotState::Done);
    EXPECT_EQ(slots[1].state, SlotState::Skipped);
    EXPECT_EQ(slots[1].reason, "overtaken");
    EXPECT_EQ(store_.audit_head()->number, before + 1);
}

TEST_P(Ledger, WhatAClockThatWasAheadSkippedIsNotLost) {
    const Instant later = morning_ + 72h;
    ASSERT_TRUE(store_.skip_slots("pull:tthc", {{morning_}, "overtaken"}, later));
    EXPECT_EQ(*store_.last_slot("pull:tthc", morning_), std::nullopt);
    EXPECT_EQ(store_.last_slot("pull:tthc", later), morning_);
    EXPECT_EQ(*store_.begin_slot({"pull:tthc", morning_}, later), false);
    EXPECT_EQ(*store_.begin_slot({"pull:tthc", morning_}, morning_), true);
    EXPECT_EQ(store_.open_slots()->size(), 1U);
}

TEST_P(Ledger, ASlotKnowsHowFarItsMessagesHaveCome) {
    const SlotKey slot{"digest:weekly", morning_};
    Edition made = edition("first");
    made.slot = slot;
    ASSERT_TRUE(store_.add_edition(made));
    EXPECT_EQ(store_.find_edition(made.id)->value().slot, slot);
    EXPECT_EQ(store_.slot_deliveries(slot)->open, 2);
    const auto due = *store_.due_deliveries(morning_);
    ASSERT_TRUE(store_.record_attempt(due[0], morning_));
    ASSERT_TRUE(store_.record_outcome(due[0], {"refused", std::nullopt, 550, "no such user"}));
    ASSERT_TRUE(store_.record_attempt(due[1], morning_));
    ASSERT_TRUE(store_.record_outcome(due[1], {"unknown", std::nullopt, 0, "cut off"}));
    const auto counted = *store_.slot_deliveries(slot);
    EXPECT_EQ(counted.open, 0);
    EXPECT_EQ(counted.refused, 1);
    EXPECT_EQ(counted.unknown, 1);
    EXPECT_EQ(store_.slot_deliveries({"digest:weekly", Instant{}})->open, 0);
}

TEST_P(Ledger, AnEditionThatWasAskedForBecomesTheSlots) {
    const SlotKey slot{"digest:weekly", morning_};
    ASSERT_TRUE(store_.add_edition(edition("first")));
    EXPECT_FALSE(store_.find_edition("weekly/2024-W42/all/1")->value().slot);
    ASSERT_TRUE(store_.link_edition("weekly/2024-W42/all/1", slot));
    ASSERT_TRUE(store_.link_edition("weekly/2024-W42/all/1", {"digest:weekly", Instant{}}));
    EXPECT_EQ(store_.find_edition("weekly/2024-W42/all/1")->value().slot, slot);
}

TEST_P(Ledger, AMessageThatIsTooLargeGoesWithoutItsAttachments) {
    Edition made = edition("first");
    made.messages.resize(1);
    made.messages[0].light_message_id = "light@example.vn";
    made.messages[0].light_bytes = "light";
    ASSERT_TRUE(store_.add_edition(made));
    auto due = *store_.due_deliveries(morning_);
    EXPECT_TRUE(due[0].can_go_light);
    ASSERT_TRUE(store_.record_attempt(due[0], morning_));
    DeliveryEnd end{"deferred", morning_, 552, "too large"};
    end.goes_light = true;
    ASSERT_TRUE(store_.record_outcome(due[0], end));
    due = *store_.due_deliveries(morning_);
    EXPECT_EQ(due[0].message_id, "light@example.vn");
    EXPECT_EQ(*store_.artefact(due[0].sha256), "light");
    EXPECT_FALSE(due[0].can_go_light);
    ASSERT_TRUE(store_.record_attempt(due[0], morning_));
    ASSERT_TRUE(store_.record_outcome(due[0], {"sent", std::nullopt, 250, "ok"}));
    const auto report = *store_.audit_verify();
    EXPECT_TRUE(report.faults.empty()) << report.faults.front().problem;
    EXPECT_EQ(report.artefacts, 4) << "two documents, both messages";
}

TEST_P(Ledger, APersonDecidesAboutAMessageThatDidNotArrive) {
    ASSERT_TRUE(store_.add_edition(edition("first")));
    const auto due = *store_.due_deliveries(morning_);
    for (const Delivery& each : due) {
        ASSERT_TRUE(store_.record_attempt(each, morning_));
        ASSERT_TRUE(store_.record_outcome(each, {"unknown", std::nullopt, 0, "cut off"}));
    }
    const auto rows = *store_.undelivered();
    ASSERT_EQ(rows.size(), 2U);
    ASSERT_TRUE(store_.decide_delivery(rows[0], DeliveryDecision::SendAgain, "An", morning_));
    ASSERT_TRUE(store_.decide_delivery(rows[1], DeliveryDecision::Arrived, "An", morning_));
    EXPECT_EQ(store_.due_deliveries(morning_)->at(0).recipient, rows[0].recipient);
    EXPECT_EQ(store_.undelivered()->size(), 1U);
    EXPECT_EQ(store_.audit_entries(0, 100)->at(3).note.kind, "resend");
    const auto report = *store_.audit_verify();
    EXPECT_TRUE(report.faults.empty()) << report.faults.front().problem;
}

TEST_P(Ledger, ASimulationsStoreIsMarkedAndARealOneIsNotTurnedIntoOne) {
    EXPECT_EQ(store_.is_simulation(), false);
    ASSERT_TRUE(store_.mark_simulation());
    EXPECT_EQ(store_.is_simulation(), true);
    Store real = open(fresh_location());
    PullRun run{"tthc", morning_};
    ASSERT_TRUE(real.finish_pull(run, {morning_, std::nullopt}));
    EXPECT_FALSE(real.mark_simulation());
}

THIDUA_ON_EVERY_STORE(Ledger);

}  // namespace
}  // namespace thidua::store
