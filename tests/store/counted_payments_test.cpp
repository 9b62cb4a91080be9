// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which payments make a dossier count as paid: the same as the tally counts, whatever was asked.
#include "tests/store/store_fixture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace thidua::store {
namespace {

using enum PaymentState;

using Lines = std::vector<std::string>;

class CountedPayments : public StoreTest {
  protected:
    /// "dossier reference source version slice day", in the order of their texts.
    Lines listed(const TallyQuery& query) {
        Lines lines;
        const auto done = store_.for_each_counted_payment(query, [&](const CountedPayment& one) {
            lines.push_back(fmt::format(
                "{} {} {} {} {} {}",
                one.dossier,
                one.reference,
                one.source,
                one.version,
                one.slice,
                thidua::to_text(day_of(one.settled_at))
            ));
        });
        EXPECT_TRUE(done);
        std::ranges::sort(lines);
        return lines;
    }

    /// What the tally of the same question says; and the list names as many dossiers.
    std::int64_t paid(const TallyQuery& query) {
        std::int64_t sum = 0;
        const auto tallies = store_.tally(query);
        EXPECT_TRUE(tallies);
        for (const Tally& tally : *tallies) {
            sum += tally.paid;
        }
        std::set<std::string> dossiers;
        const auto done = store_.for_each_counted_payment(query, [&](const CountedPayment& one) {
            dossiers.insert(one.dossier);
        });
        EXPECT_TRUE(done);
        EXPECT_EQ(dossiers.size(), static_cast<std::size_t>(sum));
        return sum;
    }

    static DossierRecord paid_in_province(DossierRecord record, const std::string& paid_at) {
        record.payments.push_back({"p", Gateway::Province, Succeeded, at(paid_at)});
        return record;
    }
};

TEST_P(CountedPayments, NameTheWordThatWasKnownThenAndTheSliceThatBroughtIt) {
    ASSERT_TRUE(publish_dossiers({with_payment(dossier("A-240610-0001"), "r")}, monday));
    ASSERT_TRUE(publish_payments({payment("r", Pending, "2024-06-12T09:00:00+07:00")}, monday));
    EXPECT_EQ(listed(question(monday)), Lines{}) << "pending";
    ASSERT_TRUE(publish_payments({payment("r", Succeeded, "2024-06-13T09:00:00+07:00")}, tuesday));
    EXPECT_EQ(listed(question(tuesday)), Lines{"A-240610-0001 r platform 2 3 2024-06-13"});
    ASSERT_TRUE(publish_payments({payment("r", Refunded, "2024-06-20T09:00:00+07:00")}, friday));
    EXPECT_EQ(listed(question(friday)), Lines{}) << "taken back";
    EXPECT_EQ(listed(question(tuesday)), Lines{"A-240610-0001 r platform 2 3 2024-06-13"});
    EXPECT_EQ(listed(question(tuesday, "2024-06-12")), Lines{}) << "settled later";
}

TEST_P(CountedPayments, AreOfReceivedDossiersOfTheWindowThatOweAFee) {
    auto free = with_payment(dossier("A-240610-0002"), "r");
    free.fee_total = 0;
    auto turned_away = with_payment(dossier("A-240610-0003"), "r");
    turned_away.status = 3;
    auto later = with_payment(dossier("A-240610-0004"), "r");
    later.accepted_at = at("2024-07-01T00:00:00+07:00");
    ASSERT_TRUE(publish_dossiers(
        {with_payment(dossier("A-240610-0001"), "r"), free, turned_away, later}, monday
    ));
    ASSERT_TRUE(publish_payments({payment("r", Succeeded, "2024-06-12T09:00:00+07:00")}, monday));
    EXPECT_EQ(listed(question(monday)), Lines{"A-240610-0001 r platform 1 2 2024-06-12"});
}

struct RoadCase {
    std::string name;
    bool dvcqg;
    bool province;
    PaymentEvidence evidence;
    std::string as_of;
    Lines lines;
    std::int64_t paid;
};

const Lines by_platform{
    "A-240610-0001 r platform 1 2 2024-06-12",
    "A-240610-0003 s platform 1 2 2024-06-14",
    "A-240610-0003 t platform 1 2 2024-06-16"};
const Lines by_record{"A-240610-0002 p tthc 1 1 2024-06-13", "A-240610-0003 p tthc 1 1 2024-06-15"};
const Lines by_both{by_platform[0], by_record[0], by_record[1], by_platform[1], by_platform[2]};

const RoadCase road_cases[] = {
    {"the portal's gateway", true, false, PaymentEvidence::Platform, "2024-06-30", by_platform, 2},
    {"the province's", false, true, PaymentEvidence::Platform, "2024-06-30", by_record, 2},
    {"both", true, true, PaymentEvidence::Platform, "2024-06-30", by_both, 3},
    {"neither", false, false, PaymentEvidence::Platform, "2024-06-30", {}, 0},
    {"both, before the last",
     true,
     true,
     PaymentEvidence::Platform,
     "2024-06-15",
     {by_both[0], by_both[1], by_both[2], by_both[3]},
     3},
    {"both, on the first day",
     true,
     true,
     PaymentEvidence::Platform,
     "2024-06-12",
     {by_both[0]},
     1},
};

TEST_P(CountedPayments, FollowTheGatewaysThatCount) {
    auto both = paid_in_province(
        with_payment(with_payment(dossier("A-240610-0003"), "s"), "t"), "2024-06-15T09:00:00+07:00"
    );
    ASSERT_TRUE(publish_dossiers(
        {with_payment(dossier("A-240610-0001"), "r"),
         paid_in_province(dossier("A-240610-0002"), "2024-06-13T09:00:00+07:00"),
         both},
        monday
    ));
    ASSERT_TRUE(publish_payments(
        {payment("r", Succeeded, "2024-06-12T09:00:00+07:00"),
         payment("s", Succeeded, "2024-06-14T09:00:00+07:00"),
         payment("t", Succeeded, "2024-06-16T09:00:00+07:00")},
        monday
    ));
    for (const RoadCase& row : road_cases) {
        SCOPED_TRACE(row.name);
        TallyQuery query = question(monday, row.as_of);
        query.dvcqg_gateway = row.dvcqg;
        query.province_gateway = row.province;
        query.evidence = row.evidence;
        EXPECT_EQ(listed(query), row.lines);
        EXPECT_EQ(paid(query), row.paid);
    }
}

TEST_P(CountedPayments, AreNoneWhereTheRecordsFlagIsTheEvidence) {
    auto flagged = with_payment(dossier("A-240610-0001"), "r");
    flagged.paid_flag = 1;
    ASSERT_TRUE(publish_dossiers({flagged}, monday));
    ASSERT_TRUE(publish_payments({payment("r", Succeeded, "2024-06-12T09:00:00+07:00")}, monday));
    evidence_ = PaymentEvidence::Flag;
    EXPECT_EQ(listed(question(monday)), Lines{});
}

TEST_P(CountedPayments, AreNoneWhereNothingIsOnRecord) {
    EXPECT_EQ(listed(question(monday)), Lines{});
    ASSERT_TRUE(publish_dossiers({with_payment(dossier("A-240610-0001"), "r")}, monday));
    EXPECT_EQ(listed(question(monday)), Lines{}) << "the payment source never said anything";
}

THIDUA_ON_EVERY_STORE(CountedPayments);

}  // namespace
}  // namespace thidua::store
