// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/store/store_fixture.hpp"

#include <string>
#include <vector>

namespace thidua::store {
namespace {

constexpr const char* january_6 = "2025-01-06T09:00:00+07:00";
constexpr const char* january_7 = "2025-01-07T09:00:00+07:00";
constexpr const char* january_8 = "2025-01-08T09:00:00+07:00";

class Decisions : public StoreTest {
  protected:
    Decision met() const {
        return {
            "H37.10.05",
            "content/2/met",
            Outcome::Met,
            "hoi-dong",
            "An",
            at(january_6),
            "12/BB-HĐ",
            "đủ minh chứng"};
    }

    Decision not_met() const {
        Decision decision = met();
        decision.outcome = Outcome::NotMet;
        decision.by = "Bình";
        decision.at = at(january_7);
        return decision;
    }
};

TEST_P(Decisions, ALaterOneIsAddedAndTheEarlierOneStays) {
    EXPECT_TRUE(store_.decisions(at(january_8))->empty());
    EXPECT_TRUE(*store_.decide(met()));
    EXPECT_TRUE(*store_.decide(not_met()));
    EXPECT_EQ(*store_.decisions(at(january_8)), (std::vector{met(), not_met()}));
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
    store_ = open();
    EXPECT_EQ(store_.decisions(at(january_8))->size(), 2U);
}

TEST_P(Decisions, AreKnownFromTheirInstantOn) {
    ASSERT_TRUE(store_.decide(met()));
    ASSERT_TRUE(store_.decide(not_met()));
    EXPECT_TRUE(store_.decisions(at(january_6) - std::chrono::milliseconds{1})->empty());
    EXPECT_EQ(*store_.decisions(at(january_6)), std::vector{met()});
}

TEST_P(Decisions, TheOneInForceIsNotWrittenAgain) {
    ASSERT_TRUE(*store_.decide(met()));
    const auto head = store_.audit_head()->number;
    Decision again = met();
    again.at = at(january_7);
    EXPECT_FALSE(*store_.decide(again));
    EXPECT_EQ(store_.audit_head()->number, head);
    ASSERT_TRUE(*store_.decide(not_met()));
    again.at = at(january_8);
    EXPECT_TRUE(*store_.decide(again)) << "back to the first is a decision";
    Decision other = again;
    other.candidate = "CB-017";
    EXPECT_TRUE(*store_.decide(other)) << "about somebody else";
}

TEST_P(Decisions, BehindTheChainsBackAreFound) {
    ASSERT_TRUE(store_.decide(met()));
    ASSERT_TRUE(store_.decide(not_met()));
    for (const std::string sql :
         {"UPDATE decision SET outcome = 'met' WHERE id = 2",
          "UPDATE decision SET note = 'khác' WHERE id = 2",
          "UPDATE decision SET decided_at = 0 WHERE id = 2",
          "DELETE FROM decision WHERE id = 2",
          "INSERT INTO decision SELECT agency, 3, candidate, question, outcome, body, decided_by,"
          " decided_at, document, note FROM decision WHERE id = 2"}) {
        SCOPED_TRACE(sql);
        auto database = *Database::open(location_, Access::ReadWrite);
        {
            auto transaction = *Transaction::begin(*database);
            ASSERT_TRUE(database->execute(sql));
            ASSERT_TRUE(transaction.commit());
        }
        const auto faults = store_.audit_verify()->faults;
        ASSERT_EQ(faults.size(), 1U);
        EXPECT_EQ(faults[0].subject, sql.starts_with("INSERT") ? "decided/3" : "decided/2");
        auto transaction = *Transaction::begin(*database);
        ASSERT_TRUE(database->execute(
            "DELETE FROM decision WHERE id > 1;"
            "INSERT INTO decision SELECT agency, 2, candidate, question, 'not-met', body, 'Bình', "
            "decided_at + 86400000, document, note FROM decision WHERE id = 1"
        ));
        ASSERT_TRUE(transaction.commit());
        ASSERT_TRUE(store_.audit_verify()->faults.empty());
    }
}

THIDUA_ON_EVERY_STORE(Decisions);

}  // namespace
}  // namespace thidua::store
