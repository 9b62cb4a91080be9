// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Notices outlive the program that makes them, and the ledger tells what there is to say.
#include "store/notices.hpp"

#include "tests/store/store_fixture.hpp"

namespace thidua::store {
namespace {

using std::chrono::minutes;

class Notices : public StoreTest {
  protected:
    NoticeRow notice(std::string state) const {
        return {"pull:tthc", std::move(state), began_, std::nullopt, 0, std::nullopt, "{}", ""};
    }

    std::vector<std::string> audited() {
        std::vector<std::string> details;
        const auto entries = *store_.audit_entries(0, 100);
        for (const AuditEntry& entry : entries) {
            if (entry.note.kind == "notice") {
                details.push_back(entry.note.subject + " " + entry.note.detail);
            }
        }
        return details;
    }

    Edition edition(const std::string& period) const {
        Edition made;
        made.id = "weekly/" + period + "/all/1";
        made.report = "weekly";
        made.period = period;
        made.as_of = *parse_day("2024-10-20");
        made.known_at = began_;
        made.created_at = began_;
        made.messages = {
            {"a", "a@example.vn", "m1@example.vn", "one"},
            {"b", "b@example.vn", "m2@example.vn", "two"},
            {"c", "c@example.vn", "m3@example.vn", "three"},
            {"d", "d@example.vn", "m4@example.vn", "four"}};
        return made;
    }

    const Instant began_ = at("2024-10-21T07:30:00+07:00");
};

TEST_P(Notices, SurviveAndAreReplacedByTheirKey) {
    ASSERT_TRUE(put_notice(store_, notice("open"), began_));
    NoticeRow told = notice("told");
    told.told_at = began_ + minutes{1};
    told.attempts = 2;
    told.next_at = began_ + minutes{1441};
    told.words = "webhook: answered 500";
    ASSERT_TRUE(put_notice(store_, told, began_ + minutes{1}));
    store_ = open();
    EXPECT_EQ(*notices(store_), std::vector<NoticeRow>{told});
}

TEST_P(Notices, AnotherStateIsAudited_AnotherAttemptIsNot) {
    ASSERT_TRUE(put_notice(store_, notice("open"), began_));
    NoticeRow again = notice("open");
    again.attempts = 1;
    ASSERT_TRUE(put_notice(store_, again, began_));
    ASSERT_TRUE(put_notice(store_, notice("told"), began_));
    EXPECT_EQ(
        audited(),
        (std::vector<std::string>{
            "pull:tthc state=open began_at=1729470600000",
            "pull:tthc state=told began_at=1729470600000"})
    );
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
}

TEST_P(Notices, TheNewestSlotOfEachJobCounts) {
    const auto later = began_ + minutes{60};
    ASSERT_TRUE(store_.end_slot({"digest:weekly", began_}, SlotState::Failed, "no disk", began_));
    ASSERT_TRUE(store_.begin_slot({"digest:weekly", later}, later));
    ASSERT_TRUE(store_.end_slot({"units:weekly", began_}, SlotState::Skipped, "none", began_));
    const auto newest = *store_.newest_slots();
    ASSERT_EQ(newest.size(), 2U);
    EXPECT_EQ(newest[0].key, (SlotKey{"digest:weekly", later}));
    EXPECT_EQ(newest[0].state, SlotState::Running);
    EXPECT_EQ(newest[1].key, (SlotKey{"units:weekly", began_}));
    EXPECT_EQ(newest[1].reason, "none");
}

TEST_P(Notices, ASourceIsWellOnceItsNewestPullIsComplete) {
    const auto pull = [&](const std::string& now, std::optional<Error> error) {
        PullRun run{"tthc", at(now)};
        ASSERT_TRUE(store_.finish_pull(run, {at(now), std::move(error)}));
    };
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    EXPECT_EQ(*sources_pulled_well(store_), std::vector<std::string>{"tthc"});
    pull(tuesday, Error{ErrorKind::Transient, "away"});
    EXPECT_TRUE(sources_pulled_well(store_)->empty());
    pull(wednesday, std::nullopt);
    EXPECT_EQ(*sources_pulled_well(store_), std::vector<std::string>{"tthc"});
}

TEST_P(Notices, AnUploadIsBegunOnceAndEndsOnce) {
    const Upload begun{"weekly/2024-W42/all/1", "2024/W42", "pending", began_, 0, began_, ""};
    ASSERT_TRUE(begin_upload(store_, begun));
    Upload tried = begun;
    tried.attempts = 1;
    tried.next_at = began_ + minutes{1};
    tried.words = "answered 500";
    ASSERT_TRUE(put_upload(store_, tried, began_));
    ASSERT_TRUE(begin_upload(store_, begun));  // again, after a crash
    EXPECT_EQ(*uploads(store_, began_ + minutes{1}), std::vector<Upload>{tried});
    Upload filed = tried;
    filed.state = "filed";
    filed.next_at = std::nullopt;
    filed.words = "";
    ASSERT_TRUE(put_upload(store_, filed, began_));
    EXPECT_TRUE(uploads(store_, began_ + minutes{1})->empty());
    EXPECT_EQ(*uploads(store_, began_), std::vector<Upload>{filed});
    const auto entries = *store_.audit_entries(0, 100);
    EXPECT_EQ(entries.back().note.kind, "upload");
    EXPECT_EQ(entries.back().note.detail, "state=filed folder=2024/W42");
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
}

TEST_P(Notices, EditionsAreFoundByReportAndAge) {
    ASSERT_TRUE(store_.add_edition(edition("2024-W42")));
    const std::vector<EditionHead> expected{{"weekly/2024-W42/all/1", "2024-W42", "", began_}};
    EXPECT_EQ(*editions_since(store_, "weekly", began_), expected);
    EXPECT_TRUE(editions_since(store_, "weekly", began_ + minutes{1})->empty());
    EXPECT_TRUE(editions_since(store_, "final", began_)->empty());
}

TEST_P(Notices, WhoHasNotGotAnEditionIsTold) {
    ASSERT_TRUE(store_.add_edition(edition("2024-W42")));
    const auto due = *store_.due_deliveries(began_);
    ASSERT_EQ(due.size(), 4U);
    const std::vector<DeliveryEnd> ends{
        {"sent", std::nullopt, 250, "ok"},
        {"deferred", began_ + minutes{5}, 451, "later"},
        {"refused", std::nullopt, 550, "nobody"}};
    for (std::size_t i = 0; i < ends.size(); ++i) {
        ASSERT_TRUE(store_.record_attempt(due[i], began_));
        ASSERT_TRUE(store_.record_outcome(due[i], ends[i]));
    }
    const std::string id = "weekly/2024-W42/all/1";
    const std::vector<MailTrouble> expected{
        {id, "weekly", "2024-W42", "b", "deferred", 1, began_ + minutes{5}, "later"},
        {id, "weekly", "2024-W42", "c", "refused", 1, std::nullopt, "nobody"}};
    EXPECT_EQ(*mail_troubles(store_, began_), expected);
    EXPECT_TRUE(mail_troubles(store_, began_ + minutes{1})->empty());
}

INSTANTIATE_TEST_SUITE_P(
    Store, Notices, testing::Values(Dialect::Sqlite, Dialect::Postgres), dialect_name
);

}  // namespace
}  // namespace thidua::store
