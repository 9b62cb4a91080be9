// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What payment sources say of a reference, time after time, and what it does to the dossiers that
// name it.
#include "tests/store/store_fixture.hpp"

namespace thidua::store {
namespace {

using enum PaymentState;

/// One word of a payment source, and what is made of it.
struct Said {
    PaymentState state;
    std::int64_t amount;
    std::int64_t changed;
    PaymentState known;
    std::int64_t paid;
};

struct PaymentCase {
    std::string name;
    std::vector<Said> said;
};

const PaymentCase payment_cases[] = {
    {"unknown", {{Unknown, 1, 0, Unknown, 0}, {Unknown, 1, 0, Unknown, 0}}},
    {"pending, then paid",
     {{Pending, 1, 1, Pending, 0}, {Pending, 1, 0, Pending, 0}, {Succeeded, 1, 1, Succeeded, 1}}},
    {"unknown after success says nothing",
     {{Succeeded, 1, 1, Succeeded, 1}, {Unknown, 1, 0, Succeeded, 1}}},
    {"the same again", {{Succeeded, 1, 1, Succeeded, 1}, {Succeeded, 1, 0, Succeeded, 1}}},
    {"another amount", {{Succeeded, 1, 1, Succeeded, 1}, {Succeeded, 2, 1, Succeeded, 1}}},
    {"failed, then paid", {{Failed, 1, 1, Failed, 0}, {Succeeded, 1, 1, Succeeded, 1}}},
    {"failed after pending", {{Pending, 1, 1, Pending, 0}, {Failed, 1, 1, Failed, 0}}},
    {"failed after success was taken back",
     {{Succeeded, 1, 1, Succeeded, 1},
      {Failed, 1, 1, Refunded, 0},
      {Failed, 1, 0, Refunded, 0},
      {Refunded, 1, 0, Refunded, 0}}},
    {"taken back, then paid again",
     {{Succeeded, 1, 1, Succeeded, 1},
      {Refunded, 1, 1, Refunded, 0},
      {Succeeded, 1, 1, Succeeded, 1},
      {Failed, 1, 1, Refunded, 0}}},
    {"taken back at once", {{Refunded, 1, 1, Refunded, 0}, {Failed, 1, 0, Refunded, 0}}},
};

class Payments : public StoreTest {
  protected:
    Result<Published> say(const PaymentRecord& record, std::vector<PaymentState>& asked) {
        Slice slice;
        slice.key = "lookup";
        slice.payments = {record};
        PullRun run{"platform", at(tuesday)};
        return store_.publish(
            run,
            {slice,
             at(tuesday),
             expect_,
             [&](PaymentState state, int attempts, Instant now) {
                 asked.push_back(state);
                 EXPECT_EQ(attempts, static_cast<int>(asked.size()));
                 EXPECT_EQ(now, at(tuesday));
                 return std::optional<Instant>(now);
             }}
        );
    }
};

TEST_P(Payments, FollowWhatTheSourceSays) {
    for (const PaymentCase& row : payment_cases) {
        SCOPED_TRACE(row.name);
        store_ = open(fresh_location());
        ASSERT_TRUE(publish_dossiers({with_payment(dossier("A-240610-0001"), "r")}, monday));
        std::vector<PaymentState> asked;
        for (const Said& word : row.said) {
            const auto published =
                say({"r", word.state, at("2024-06-12T09:00:00+07:00"), word.amount}, asked);
            ASSERT_TRUE(published);
            EXPECT_EQ(published->changed, word.changed);
            EXPECT_EQ(asked.back(), word.known);
            EXPECT_EQ(totals(friday).paid, word.paid);
        }
        EXPECT_EQ(totals(monday).paid, 0);
        EXPECT_EQ(store_.verify([](std::int64_t, std::int64_t) {})->problems, 0);
    }
}

TEST_P(Payments, AnotherDayOfSettlementMovesTheDossier) {
    ASSERT_TRUE(publish_dossiers({with_payment(dossier("A-240610-0001"), "r")}, monday));
    ASSERT_TRUE(publish_payments({payment("r", Succeeded, "2024-06-12T09:00:00+07:00")}, monday));
    EXPECT_EQ(totals(tuesday, "2024-06-12").paid, 1);
    ASSERT_TRUE(publish_payments({payment("r", Succeeded, "2024-06-14T09:00:00+07:00")}, tuesday));
    EXPECT_EQ(totals(tuesday, "2024-06-12").paid, 0);
    EXPECT_EQ(totals(tuesday, "2024-06-14").paid, 1);
    EXPECT_EQ(totals(monday, "2024-06-12").paid, 1);
}

TEST_P(Payments, OneReferenceThatTwoDossiersNamePaysBoth) {
    ASSERT_TRUE(publish_dossiers(
        {with_payment(dossier("A-240610-0001"), "r"),
         with_payment(dossier("A-240610-0002"), "r"),
         dossier("A-240610-0003")},
        monday
    ));
    ASSERT_TRUE(publish_payments({payment("r", Succeeded, "2024-06-12T09:00:00+07:00")}, tuesday));
    EXPECT_EQ(totals(tuesday).paid, 2);
    EXPECT_EQ(totals(monday).paid, 0);
    ASSERT_TRUE(publish_payments({payment("r", Failed, "2024-06-15T09:00:00+07:00")}, friday));
    EXPECT_EQ(totals(friday).paid, 0);
    EXPECT_EQ(totals(tuesday).paid, 2);
}

TEST_P(Payments, MayBeKnownBeforeAnyDossierNamesThem) {
    ASSERT_TRUE(publish_payments({payment("r", Succeeded, "2024-06-12T09:00:00+07:00")}, monday));
    ASSERT_TRUE(publish_dossiers({with_payment(dossier("A-240610-0001"), "r")}, tuesday));
    EXPECT_EQ(totals(tuesday).paid, 1);
    ASSERT_TRUE(publish_dossiers({with_payment(dossier("A-240610-0001"), "s")}, friday));
    EXPECT_EQ(totals(friday).paid, 0) << "another reference";
    EXPECT_EQ(totals(tuesday).paid, 1);
}

TEST_P(Payments, AreNotComparedWithTheirPredecessor) {
    std::vector<PaymentRecord> many;
    for (int number = 0; number < 10; ++number) {
        many.push_back(payment("r" + std::to_string(number), Pending, "2024-06-12T09:00:00+07:00"));
    }
    ASSERT_TRUE(publish_payments(many, monday));
    many.resize(1);
    EXPECT_TRUE(publish_payments(many, tuesday));
}

THIDUA_ON_EVERY_STORE(Payments);

}  // namespace
}  // namespace thidua::store
