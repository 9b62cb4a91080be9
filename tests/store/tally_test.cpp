// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/store/store_fixture.hpp"

#include <algorithm>

namespace thidua::store {
namespace {

class TallyOfStore : public StoreTest {};

const std::string later = "2024-07-01T05:00:00+07:00";

TEST_P(TallyOfStore, CountsWhatWasAcceptedInTheWindowToTheMillisecond) {
    auto before = dossier("A-240606-0001");
    before.accepted_at = at("2024-06-06T23:59:59.999+07:00");
    auto first = dossier("A-240607-0001");
    first.accepted_at = at("2024-06-07T00:00:00+07:00");
    auto last = dossier("A-240630-0001");
    last.accepted_at = at("2024-06-30T23:59:59.999+07:00");
    auto after = dossier("A-240701-0001");
    after.accepted_at = at("2024-07-01T00:00:00+07:00");
    auto never = dossier("A-240610-0009");
    never.accepted_at.reset();
    ASSERT_TRUE(publish_dossiers({before, first, last, after, never}, later));
    EXPECT_EQ(totals(later).received, 2);
}

TEST_P(TallyOfStore, LeavesOutWhatWasOnlyRegisteredOrTurnedAway) {
    auto registered = dossier("A-240610-0001");
    registered.status = 1;
    auto turned_away = dossier("A-240610-0002");
    turned_away.status = 3;
    auto direct = dossier("A-240610-0003");
    direct.channel = Channel::Direct;
    ASSERT_TRUE(
        publish_dossiers({registered, turned_away, direct, dossier("A-240610-0004")}, monday)
    );
    EXPECT_EQ(totals(monday).received, 2);
    EXPECT_EQ(totals(monday).online, 1);
}

TEST_P(TallyOfStore, ADossierWhoseFeesAreAllZeroDoesNotOweAndOneWithoutAListDoes) {
    auto free = dossier("A-240610-0001");
    free.fee_total = 0;
    auto unlisted = dossier("A-240610-0002");
    unlisted.fee_count = 0;
    unlisted.fee_total = 0;
    ASSERT_TRUE(publish_dossiers({free, unlisted, dossier("A-240610-0003")}, monday));
    EXPECT_EQ(totals(monday).owing, 2);
}

TEST_P(TallyOfStore, PaidNeedsThePlatformsSuccessByTheEndOfTheDay) {
    ASSERT_TRUE(publish_dossiers(
        {with_payment(dossier("A-240610-0001"), "r1"),
         with_payment(dossier("A-240610-0002"), "r2"),
         with_payment(dossier("A-240610-0003"), "r3")},
        monday
    ));
    ASSERT_TRUE(publish_payments(
        {payment("r1", PaymentState::Succeeded, "2024-06-30T23:59:59+07:00"),
         payment("r2", PaymentState::Succeeded, "2024-07-01T00:00:00+07:00"),
         payment("r3", PaymentState::Pending, "2024-06-11T00:00:00+07:00")},
        later
    ));
    EXPECT_EQ(totals(later).paid, 1);
    EXPECT_EQ(totals(later, "2024-07-01").paid, 2);
    EXPECT_EQ(totals(monday).paid, 0);
}

TEST_P(TallyOfStore, ARefundTakesThePaymentAwayFromWhenItIsKnown) {
    ASSERT_TRUE(publish_dossiers({with_payment(dossier("A-240610-0001"), "r1")}, monday));
    ASSERT_TRUE(publish_payments(
        {payment("r1", PaymentState::Succeeded, "2024-06-12T00:00:00+07:00")}, tuesday
    ));
    ASSERT_TRUE(
        publish_payments({payment("r1", PaymentState::Failed, "2024-06-20T00:00:00+07:00")}, later)
    );
    EXPECT_EQ(totals(tuesday).paid, 1);
    EXPECT_EQ(totals(later).paid, 0);
}

TEST_P(TallyOfStore, SeveralReferencesOfOneDossierCountOnce) {
    auto twice = with_payment(with_payment(dossier("A-240610-0001"), "r1"), "r2");
    ASSERT_TRUE(publish_dossiers({twice}, monday));
    ASSERT_TRUE(publish_payments(
        {payment("r1", PaymentState::Succeeded, "2024-06-12T00:00:00+07:00"),
         payment("r2", PaymentState::Succeeded, "2024-06-13T00:00:00+07:00")},
        monday
    ));
    EXPECT_EQ(totals(monday).paid, 1);
}

TEST_P(TallyOfStore, CashTheRecordCallsPaidIsNotPaidOnline) {
    auto cash = dossier("A-240610-0001");
    cash.payments.push_back(
        {"", Gateway::Cash, PaymentState::Succeeded, at("2024-06-12T00:00:00+07:00")}
    );
    cash.paid_flag = 1;
    ASSERT_TRUE(publish_dossiers({cash}, monday));
    EXPECT_EQ(totals(monday).paid, 0);
    evidence_ = PaymentEvidence::Flag;
    EXPECT_EQ(totals(monday).paid, 1);
}

TEST_P(TallyOfStore, C19AsKnownAtAnInstantNeverChangesAfterwards) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    auto withdrawn = dossier("A-240610-0001");
    withdrawn.status = 3;
    ASSERT_TRUE(publish_dossiers({withdrawn, dossier("A-240610-0002")}, later));
    EXPECT_EQ(totals(monday).received, 1);
    EXPECT_EQ(totals(tuesday).received, 1);
    EXPECT_EQ(totals(later).received, 1);
    EXPECT_EQ(totals("2024-06-17T04:59:59.999+07:00").received, 0);
}

TEST_P(TallyOfStore, OneSourceDoesNotOverwriteAnother) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    Slice national;
    national.key = "2024-06-07/2024-06-20";
    auto seen_otherwise = dossier("A-240610-0001");
    seen_otherwise.status = 3;
    national.dossiers = {seen_otherwise};
    PullRun run{"national", at(tuesday)};
    ASSERT_TRUE(store_.publish(run, {national, at(tuesday), expect_, {}}));
    EXPECT_EQ(totals(later).received, 1);
}

TEST_P(TallyOfStore, DaysBetweenTwoBreaksAreOneTally) {
    expect_.max_drop = Share{1, 1};
    auto accepted = [&](const std::string& code, const std::string& when) {
        auto record = with_payment(dossier(code), code);
        record.accepted_at = at(when);
        return record;
    };
    const std::vector<DossierRecord> june{
        accepted("A-240608-0001", "2024-06-08T09:00:00+07:00"),
        accepted("A-240614-0001", "2024-06-14T23:59:59.999+07:00"),
        accepted("A-240615-0001", "2024-06-15T00:00:00+07:00"),
        accepted("A-240630-0001", "2024-06-30T23:59:59.999+07:00")};
    ASSERT_TRUE(publish_dossiers(june, monday));
    ASSERT_TRUE(publish_payments(
        {payment("A-240614-0001", PaymentState::Succeeded, "2024-06-16T00:00:00+07:00")}, monday
    ));
    const auto tally_of = [](const std::string& day, std::int64_t count, std::int64_t paid) {
        return Tally{*parse_day(day), "H37.10.05", "1.000001", count, count, count, paid};
    };
    const auto tallies_with = [&](const std::vector<std::string>& breaks) {
        TallyQuery query = question(monday);
        query.breaks.emplace();
        for (const std::string& day : breaks) {
            query.breaks->push_back(*parse_day(day));
        }
        auto tallies = store_.tally(query).value();
        std::ranges::sort(tallies, {}, &Tally::day);
        return tallies;
    };
    const std::vector whole{tally_of("2024-06-07", 4, 1)};
    const std::vector halves{tally_of("2024-06-07", 2, 1), tally_of("2024-06-15", 2, 0)};
    // At first from the rollups, then, with more on record, from the versions.
    for (const int recorded : {0, 1}) {
        SCOPED_TRACE(recorded);
        EXPECT_EQ(tallies_with({}), whole);
        EXPECT_EQ(tallies_with({"2024-01-01", "2024-06-07", "2024-07-01"}), whole);
        EXPECT_EQ(tallies_with({"2024-06-15"}), halves);
        EXPECT_EQ(tallies_with({"2024-01-01", "2024-06-15", "2024-07-01"}), halves);
        EXPECT_EQ(tallies_with({"2024-06-10", "2024-06-12"}).size(), 2U);  // nothing in between
        ASSERT_TRUE(publish_dossiers({accepted("A-240609-0001", tuesday)}, tuesday));
    }
}

THIDUA_ON_EVERY_STORE(TallyOfStore);

}  // namespace
}  // namespace thidua::store
