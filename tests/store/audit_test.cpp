// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/audit.hpp"

#include "store/sql_dialect.hpp"
#include "tests/store/store_fixture.hpp"

#include <fmt/format.h>

namespace thidua::store {
namespace {

class Audit : public StoreTest {
  protected:
    Edition edition() {
        Edition made;
        made.id = "weekly/2024-W42/all/1";
        made.report = "weekly";
        made.period = "2024-W42";
        made.known_at = made.created_at = at(tuesday);
        made.subject = "Tuần 42";
        made.documents = {{"a.html", "<p>first</p>"}, {"a.txt", "first"}};
        made.messages = {
            {"giam-doc", "a@example.vn", "m1@example.vn", "message one"},
            {"van-phong", "b@example.vn", "m2@example.vn", "message two"}};
        return made;
    }

    /// A store with nine entries of every kind that daily work makes.
    void work() {
        ASSERT_TRUE(store_.record_configuration("c0ffee", "campaign c, 3 sources", at(monday)));
        ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001"), dossier("A-240610-0002")}, monday));
        ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001"), dossier("A-240610-0003")}, tuesday)
        );
        ASSERT_TRUE(store_.add_edition(edition()));
        const auto due = *store_.due_deliveries(at(tuesday));
        ASSERT_TRUE(store_.record_attempt(due[0], at(tuesday)));
        ASSERT_TRUE(store_.record_outcome(due[0], {"sent", std::nullopt, 250, "ok"}));
        ASSERT_TRUE(store_.record_attempt(due[1], at(tuesday)));
        ASSERT_TRUE(store_.record_outcome(due[1], {"refused", std::nullopt, 550, "no such user"}));
        ASSERT_TRUE(store_.end_slot(
            {"digest:weekly", at(monday)}, SlotState::Skipped, "too early", at(tuesday)
        ));
    }

    void tamper(const std::string& sql) {
        auto database = Database::open(location_, Access::ReadWrite);
        ASSERT_TRUE(database);
        const auto done = (*database)->execute(schema_for(GetParam(), sql));
        ASSERT_TRUE(done) << done.error().message;
    }

    std::vector<AuditFault> faults() {
        const auto report = store_.audit_verify();
        EXPECT_TRUE(report) << report.error().message;
        return report ? report->faults : std::vector<AuditFault>{{-1, "", "cannot be verified"}};
    }

    std::string kinds() {
        std::string kinds;
        const auto entries = store_.audit_entries(0, 100);
        for (const AuditEntry& entry : *entries) {
            kinds += entry.note.kind + " ";
        }
        return kinds;
    }
};

TEST_P(Audit, DailyWorkLeavesAWholeChain) {
    work();
    EXPECT_EQ(kinds(), "configuration slice pull slice pull edition delivery delivery slot ");
    const auto report = *store_.audit_verify();
    EXPECT_TRUE(report.faults.empty()) << report.faults.front().problem;
    EXPECT_EQ(report.head.number, 9);
    EXPECT_EQ(report.artefacts, 4);
    ASSERT_TRUE(report.witness);
    EXPECT_EQ(report.witness->height, 9);
    EXPECT_EQ(report.witness->hash, report.head.hash);
}

TEST_P(Audit, EntriesSayWhatWasDone) {
    work();
    const auto entries = *store_.audit_entries(0, 100);
    EXPECT_EQ(entries[0].note.subject, "c0ffee");
    EXPECT_EQ(entries[1].note.subject, "tthc/2024-06-07/2024-06-20");
    EXPECT_EQ(entries[1].note.detail, "slice=1 records=2 changed=2 sha256=");
    EXPECT_EQ(entries[3].note.detail, "slice=2 records=2 changed=1 sha256=");
    EXPECT_EQ(entries[4].note.detail, "pull=2 state=complete error= slices=1 repeats=0");
    EXPECT_EQ(entries[6].note.subject, "weekly/2024-W42/all/1/giam-doc");
    EXPECT_TRUE(entries[6].note.detail.starts_with("attempts=1 state=sent reply=250 sha256="));
    EXPECT_EQ(entries[6].at, at(tuesday));
    EXPECT_TRUE(entries[8].note.detail.ends_with(" state=skipped reason=too early"));
}

TEST_P(Audit, TheHashIsTheOneThatTheDocumentsDescribe) {
    // Made with: printf 'thidua-audit-10:1:113:17185752000005:slice6:tthc/k7:slice=1' | sha256sum
    const AuditEntry entry{1, at(monday), {"slice", "tthc/k", "slice=1"}, ""};
    EXPECT_EQ(
        audit_hash("", entry), "e7a9a004cd8bafa1cf9e532b612d25ed4fb5866e83693e59b1cc1c1b1955e963"
    );
    const AuditEntry moved{1, at(monday), {"slicet", "thc/k", "slice=1"}, ""};
    EXPECT_NE(audit_hash("", entry), audit_hash("", moved));
    EXPECT_NE(audit_hash("", entry), audit_hash("0", entry));
}

TEST_P(Audit, WhatFailedOrChangedNothingHasNoEntry) {
    Slice slice;
    slice.key = "2024-06-07/2024-06-20";
    slice.dossiers = {dossier("A-240610-0001")};
    slice.print = 7;
    ASSERT_TRUE(publish(slice, monday));
    ASSERT_TRUE(publish(slice, tuesday)->is_repeat);
    expect_.min_rows = 5;
    slice.print = 8;
    ASSERT_FALSE(publish(slice, tuesday));
    EXPECT_EQ(kinds(), "slice pull pull pull ");
    const auto entries = *store_.audit_entries(2, 10);
    EXPECT_EQ(entries[0].note.detail, "pull=2 state=complete error= slices=1 repeats=1");
    EXPECT_EQ(entries[1].note.detail, "pull=3 state=failed error=data slices=0 repeats=0");
    EXPECT_TRUE(faults().empty());
}

TEST_P(Audit, TheConfigurationIsRecordedWhenItIsAnotherOne) {
    ASSERT_TRUE(store_.record_configuration("one", "first", at(monday)));
    ASSERT_TRUE(store_.record_configuration("one", "first", at(tuesday)));
    store_ = open();
    ASSERT_TRUE(store_.record_configuration("one", "first", at(tuesday)));
    ASSERT_TRUE(store_.record_configuration("two", "second", at(tuesday)));
    EXPECT_EQ(kinds(), "configuration configuration ");
}

TEST_P(Audit, AnInterruptedPullHasItsEntry) {
    Slice slice;
    slice.key = "k";
    slice.dossiers = {dossier("A-240610-0001")};
    PullRun run{"tthc", at(monday)};
    ASSERT_TRUE(store_.publish(run, {slice, at(monday), expect_, {}}));
    EXPECT_TRUE(faults().empty());
    store_ = open();
    ASSERT_EQ(store_.close_interrupted(at(tuesday)), 1);
    EXPECT_EQ(
        store_.audit_entries(1, 10)->at(0).note.detail,
        "pull=1 state=failed error=stopped slices=1 repeats=0"
    );
    EXPECT_TRUE(faults().empty());
}

TEST_P(Audit, AnAttemptUnderWayIsNoFault) {
    work();
    Edition second = edition();
    second.id = "weekly/2024-W43/all/1";
    ASSERT_TRUE(store_.add_edition(second));
    const auto due = *store_.due_deliveries(at(tuesday));
    ASSERT_TRUE(store_.record_attempt(due[0], at(tuesday)));
    ASSERT_TRUE(store_.record_outcome(due[0], {"deferred", at(tuesday), 451, "later"}));
    ASSERT_TRUE(store_.record_attempt(due[0], at(tuesday)));
    EXPECT_TRUE(faults().empty());
}

TEST_P(Audit, AChainMadeAnewIsFoundByItsWitness) {
    work();
    // Whoever alters an entry and gives all later ones hashes that fit again.
    auto entries = *store_.audit_entries(0, 100);
    entries[3].note.detail = "slice=2 records=2 changed=0 sha256=";
    std::string sql = "UPDATE slice SET changed = 0 WHERE id = 2;";
    for (std::size_t at = 3; at < entries.size(); ++at) {
        entries[at].hash = audit_hash(entries[at - 1].hash, entries[at]);
        sql += fmt::format(
            "UPDATE audit SET detail = '{}', hash = '{}' WHERE number = {};",
            entries[at].note.detail,
            entries[at].hash,
            entries[at].number
        );
    }
    tamper(sql);
    ASSERT_FALSE(faults().empty());
    EXPECT_EQ(faults().front().number, 4);
    const auto refused = Store::open(location_, Access::ReadWrite);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("another entry 9"), std::string::npos);
}

struct Tampering {
    std::string name;
    std::string sql;
    std::int64_t first = 0;  ///< number of the first fault's entry
    std::string words;       ///< of its problem
};

const Tampering tamperings[] = {
    {"DetailAltered",
     "UPDATE audit SET detail = 'slice=1 records=3 changed=2 sha256=' WHERE number = 2",
     2,
     "entry 2 (slice tthc/2024-06-07/2024-06-20) was altered"},
    {"TimeAltered", "UPDATE audit SET at = at + 1 WHERE number = 5", 5, "entry 5 (pull tthc)"},
    {"HashAltered", "UPDATE audit SET hash = 'x' WHERE number = 9", 9, "was altered"},
    {"FirstRemoved", "DELETE FROM audit WHERE number = 1", 1, "entry 1 is missing"},
    {"SomeRemoved", "DELETE FROM audit WHERE number IN (4, 5)", 4, "entries 4 to 5 are missing"},
    {"EndRemoved",
     "DELETE FROM audit WHERE number > 7",
     8,
     "entries 8 to 9 are missing at the end"},
    {"AllRemoved", "DELETE FROM audit", 1, "entries 1 to 9 are missing at the end"},
    {"SliceAltered",
     "UPDATE slice SET records = 5 WHERE id = 2",
     4,
     "is not as entry 4 says: tthc/2024-06-07/2024-06-20 slice=2 records=5"},
    {"SliceRemoved", "DELETE FROM slice WHERE id = 1", 2, "there is none"},
    {"SliceAdded",
     "INSERT INTO slice SELECT agency, 99, source, pull, key, published_at, records, changed,"
     " rejected, declared_total, requests, bytes, sha256 FROM slice WHERE id = 1",
     0,
     "3 slices are on file, the entries tell of 2"},
    {"PullAltered", "UPDATE pull SET state = 'failed' WHERE id = 1", 3, "pull tthc is not as"},
    {"EditionAltered",
     "UPDATE edition SET subject = 'Tuần 42: đạt'",
     6,
     "edition weekly/2024-W42/all/1 is not as entry 6 says"},
    {"EditionAdded",
     "INSERT INTO edition SELECT agency, 'weekly/2024-W41/all/1', report, period, as_of, known_at,"
     " created_at, subject, config_hash, job, scheduled_at FROM edition",
     0,
     "edition weekly/2024-W41/all/1: no entry tells of it"},
    {"DocumentExchanged",
     "UPDATE edition_document SET sha256 = (SELECT sha256 FROM edition_document WHERE position = 1)"
     " WHERE position = 0",
     6,
     "edition weekly/2024-W42/all/1"},
    {"ArchivedByteChanged",
     "UPDATE artefact SET bytes = CAST('<p>First</p>' AS BLOB)"
     " WHERE bytes = CAST('<p>first</p>' AS BLOB)",
     0,
     "edition weekly/2024-W42/all/1: a.html: artefact"},
    {"MessageRemoved",
     "DELETE FROM artefact WHERE bytes = CAST('message two' AS BLOB)",
     0,
     "edition weekly/2024-W42/all/1: van-phong: artefact"},
    {"RefusalMadeASend",
     "UPDATE delivery SET state = 'sent' WHERE recipient = 'van-phong'",
     0,
     "delivery weekly/2024-W42/all/1/van-phong is not as entry 8 says"},
    {"SendTakenBack",
     "UPDATE delivery SET state = 'pending' WHERE recipient = 'giam-doc'",
     0,
     "delivery weekly/2024-W42/all/1/giam-doc is not as entry 7 says"},
};

class Tampered : public Audit {};

TEST_P(Tampered, NamesTheFirstThatIsNotAsItWas) {
    for (const Tampering& row : tamperings) {
        SCOPED_TRACE(row.name);
        location_ = fresh_location();
        store_ = open();
        work();
        ASSERT_TRUE(faults().empty());
        tamper(row.sql);
        const auto found = faults();
        ASSERT_FALSE(found.empty());
        EXPECT_EQ(found.front().number, row.first) << found.front().problem;
        EXPECT_NE(found.front().problem.find(row.words), std::string::npos)
            << found.front().problem;
    }
}

THIDUA_ON_EVERY_STORE(Audit);
THIDUA_ON_EVERY_STORE(Tampered);

}  // namespace
}  // namespace thidua::store
