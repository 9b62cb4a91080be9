// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/store/store_fixture.hpp"

#include <vector>

namespace thidua::store {
namespace {

class UrgingLedger : public StoreTest {
  protected:
    static Urging urging(UrgingKind kind) {
        return {
            0,
            "H37.10.05",
            "payments-online",
            kind,
            *parse_day("2024-10-18"),
            kind == UrgingKind::Drafted ? "" : "Bà An",
            kind == UrgingKind::Drafted ? "" : "120/STNMT-VP",
            "",
            at("2024-10-18T09:00:00+07:00")};
    }
};

TEST_P(UrgingLedger, KeepsWhatIsNewsAndSaysWhatItWas) {
    const std::vector both{urging(UrgingKind::Drafted), urging(UrgingKind::Recorded)};
    EXPECT_EQ(*store_.record_urgings(both), 2);
    const auto head = store_.audit_head()->number;
    std::vector again = both;
    again[0].at = again[1].at = at("2024-10-19T09:00:00+07:00");
    EXPECT_EQ(*store_.record_urgings(again), 0) << "the same letter, drafted once more";
    EXPECT_EQ(store_.audit_head()->number, head);
    again[0].day = *parse_day("2024-10-19");
    EXPECT_EQ(*store_.record_urgings(again), 1);
    store_ = open();
    const auto ledger = *store_.urgings(at("2024-10-18T09:00:00+07:00"));
    ASSERT_EQ(ledger.size(), 2U) << "as known then";
    Urging first = both[0];
    first.id = 1;
    Urging second = both[1];
    second.id = 2;
    EXPECT_EQ(ledger, (std::vector{first, second}));
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
}

TEST_P(UrgingLedger, BehindTheChainsBackIsFound) {
    ASSERT_TRUE(store_.record_urgings(std::vector{urging(UrgingKind::Recorded)}));
    auto database = *Database::open(location_, Access::ReadWrite);
    {
        auto transaction = *Transaction::begin(*database);
        ASSERT_TRUE(database->execute("UPDATE urging SET day = day - 1"));
        ASSERT_TRUE(transaction.commit());
    }
    const auto faults = store_.audit_verify()->faults;
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].subject, "urging/1");
}

THIDUA_ON_EVERY_STORE(UrgingLedger);

}  // namespace
}  // namespace thidua::store
