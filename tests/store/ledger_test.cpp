// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/hash.hpp"
#include "tests/store/store_fixture.hpp"

namespace thidua::store {
namespace {

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

TEST_P(Ledger, ASlotIsRecordedOnce) {
    ASSERT_TRUE(store_.record_slot({"pull:tthc", morning_, "failed", morning_, "refused"}));
    ASSERT_TRUE(store_.record_slot({"pull:tthc", morning_, "done", morning_, ""}));
    EXPECT_EQ(store_.has_slot("pull:tthc", morning_), true);
    EXPECT_EQ(store_.last_slot("pull:tthc"), morning_);
    EXPECT_EQ(*store_.last_slot("digest:weekly"), std::nullopt);
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
