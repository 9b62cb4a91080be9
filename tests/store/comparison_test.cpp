// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Two streams of versions side by side, from what was settled to what is known.
#include "tests/store/store_fixture.hpp"

#include <fmt/format.h>

namespace thidua::store {
namespace {

const std::string thursday = "2024-06-20T05:00:00+07:00";
const std::string first = "H37.10-240610-0001";
const std::string second = "H37.10-240610-0002";

using Lines = std::vector<std::string>;

class SideBySide : public StoreTest {
  protected:
    SideBySide() { expect_.max_drop = Share{1, 1}; }  // a slice may tell of one dossier alone

    void publish_national(std::vector<DossierRecord> dossiers, const std::string& now) {
        Slice slice;
        slice.key = "lookup";
        slice.dossiers = std::move(dossiers);
        PullRun run{"national", at(now)};
        const auto published = store_.publish(run, {slice, at(now), expect_, {}});
        ASSERT_TRUE(published) << published.error().message;
        ASSERT_TRUE(store_.finish_pull(run, {at(now), std::nullopt}));
    }

    static DossierRecord of_unit(DossierRecord record, const std::string& unit) {
        record.unit_code = unit;
        return record;
    }

    ComparisonQuery query(const std::string& settled, const std::string& known) {
        ComparisonQuery made;
        made.own = "tthc";
        made.witness = "national";
        made.payment_record = "platform";
        made.from = *parse_day("2024-06-07");
        made.to = *parse_day("2024-06-30");
        made.settled_slice = *store_.slice_known_at(at(settled));
        made.known_slice = *store_.slice_known_at(at(known));
        return made;
    }

    static std::string words(const std::vector<DossierWord>& said) {
        std::string text;
        for (const DossierWord& word : said) {
            text += fmt::format(
                " {}{}@{}",
                word.unit_code,
                word.until ? fmt::format("(until {})", *word.until) : "",
                word.slice
            );
        }
        return text;
    }

    /// "code: own | witness | payments", by number.
    static Lines lines(const std::vector<ComparedDossier>& dossiers) {
        Lines made;
        for (const ComparedDossier& one : dossiers) {
            std::string payments;
            for (const PaymentWord& word : one.payments) {
                payments += fmt::format(
                    " {} {}@{}", word.reference, static_cast<int>(word.state), word.slice
                );
            }
            made.push_back(
                fmt::format("{}:{} |{} |{}", one.code, words(one.own), words(one.witness), payments)
            );
        }
        return made;
    }

    Lines listed(const ComparisonQuery& query) {
        const auto dossiers = store_.side_by_side(query);
        EXPECT_TRUE(dossiers) << dossiers.error().message;
        return lines(*dossiers);
    }
};

TEST_P(SideBySide, WhatWasKnownThenAndWhatWasSaidSince) {
    EXPECT_TRUE(publish_dossiers({of_unit(dossier(first), "A"), dossier(second)}, monday));
    publish_national({of_unit(dossier(first), "N")}, monday);
    EXPECT_TRUE(publish_dossiers({of_unit(dossier(first), "B")}, tuesday));
    EXPECT_TRUE(publish_dossiers({of_unit(dossier(first), "C")}, wednesday));
    publish_national({of_unit(dossier(second), "M")}, wednesday);
    EXPECT_TRUE(publish_dossiers({of_unit(dossier(first), "D")}, thursday));

    EXPECT_EQ(
        listed(query(tuesday, wednesday)),
        (Lines{first + ": B(until 4)@3 C@4 | N@2 |", second + ": H37.10.05@1 | M@5 |"})
    );
    EXPECT_EQ(
        listed(query(monday, monday)),
        (Lines{first + ": A@1 | N@2 |", second + ": H37.10.05@1 | |"})
    );
    const ComparisonQuery late = query(thursday, thursday);
    auto dossiers = store_.side_by_side(late);
    ASSERT_TRUE(dossiers);
    EXPECT_EQ(lines(*dossiers).front(), first + ": D@6 | N@2 |");
    ASSERT_TRUE(store_.add_earlier_words(late, *dossiers));
    EXPECT_EQ(
        lines(*dossiers),
        (Lines{
            first + ": A(until 3)@1 B(until 4)@3 C(until 6)@4 D@6 | N@2 |",
            second + ": H37.10.05@1 | M@5 |"})
    );
}

TEST_P(SideBySide, WhatThePlatformEverSaidOfThePaymentsThatAreNamed) {
    EXPECT_TRUE(publish_dossiers(
        {with_payment(dossier(first), "R1"), with_payment(dossier(second), "R2")}, monday
    ));
    EXPECT_TRUE(publish_payments(
        {payment("R1", PaymentState::Succeeded, monday),
         payment("R3", PaymentState::Succeeded, monday)},
        monday
    ));
    EXPECT_TRUE(publish_payments({payment("R1", PaymentState::Failed, tuesday)}, tuesday));
    const auto succeeded = static_cast<int>(PaymentState::Succeeded);
    const auto refunded = static_cast<int>(PaymentState::Refunded);
    const std::string own = ": H37.10.05@1 | |";
    EXPECT_EQ(
        listed(query(tuesday, tuesday)),
        (Lines{first + own + fmt::format(" R1 {}@2 R1 {}@3", succeeded, refunded), second + own})
    );
    EXPECT_EQ(
        listed(query(monday, monday)).front(), first + own + fmt::format(" R1 {}@2", succeeded)
    );
}

TEST_P(SideBySide, OnlyWhatOneOfThemReceivedInTheWindow) {
    DossierRecord late = dossier(first);
    late.accepted_at = at("2024-07-01T08:00:00+07:00");
    DossierRecord never = dossier(second);
    never.accepted_at.reset();
    EXPECT_TRUE(publish_dossiers({late, never, dossier("A-1")}, monday));
    EXPECT_EQ(listed(query(monday, monday)), (Lines{"A-1: H37.10.05@1 | |"}))
        << "also under a code of another shape";
    publish_national({dossier(first)}, tuesday);
    EXPECT_EQ(
        listed(query(monday, tuesday)),
        (Lines{"A-1: H37.10.05@1 | |", first + ": H37.10.05@1 | H37.10.05@2 |"})
    );
}

TEST_P(SideBySide, ADossierWhoseCodeWasGivenUpIsOne) {
    EXPECT_TRUE(publish_dossiers({of_unit(dossier(first), "A")}, monday));
    publish_national({of_unit(dossier(second), "N")}, monday);
    DossierRecord both = of_unit(dossier(second), "B");
    both.aliases = {first};
    EXPECT_TRUE(publish_dossiers({both}, tuesday));
    const Lines after = listed(query(monday, tuesday));
    ASSERT_EQ(after.size(), 1);
    EXPECT_NE(after.front().find("A(until 3)@1"), std::string::npos) << after.front();
    EXPECT_NE(after.front().find("B@3"), std::string::npos) << after.front();
    EXPECT_NE(after.front().find("| N@2 |"), std::string::npos) << after.front();
}

TEST_P(SideBySide, NothingOfSourcesThatNeverSpoke) {
    EXPECT_TRUE(listed(query(monday, monday)).empty());
    EXPECT_TRUE(publish_dossiers({dossier(first)}, monday));
    EXPECT_EQ(listed(query(monday, monday)), (Lines{first + ": H37.10.05@1 | |"}));
}

THIDUA_ON_EVERY_STORE(SideBySide);

}  // namespace
}  // namespace thidua::store
