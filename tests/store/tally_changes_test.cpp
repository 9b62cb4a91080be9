// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What makes a count another one than it was: dossier by dossier, from one instant to a later one.
#include "tests/store/store_fixture.hpp"
#include "tests/store/tally_lines.hpp"

#include <string>
#include <utility>
#include <vector>

namespace thidua::store {
namespace {

using enum PaymentState;

using Lines = std::vector<std::string>;

const std::string the_code = "A-240610-0001";

class TallyChanges : public StoreTest {
  protected:
    TallyChanges() { expect_.max_drop = Share{1, 1}; }

    /// Of what was received from 07/06 to 16/06: from Monday, when the digest was made, to Friday.
    Lines changes() {
        TallyQuery query = question(friday, "2024-06-16");
        query.breaks.emplace();
        auto since = store_.tallies_since(query, at(monday));
        EXPECT_TRUE(since) << (since ? "" : since.error().message);
        return lines_of(since->changes);
    }

    static DossierRecord accepted(DossierRecord record, const std::string& instant) {
        record.accepted_at = at(instant);
        return record;
    }

    static DossierRecord with_status(DossierRecord record, int status) {
        record.status = status;
        return record;
    }

    /// One dossier, online and owing, in the piece that begins with the window.
    static Tally one(std::int64_t paid, const std::string& unit_code = "H37.10.05") {
        return {*parse_day("2024-06-07"), unit_code, "1.000001", 1, 1, 1, paid};
    }
};

TEST_P(TallyChanges, WhatStaysAsItIsIsNone) {
    ASSERT_TRUE(publish_dossiers({with_payment(dossier(the_code), "r")}, monday));
    ASSERT_TRUE(publish_payments({payment("r", Succeeded, "2024-06-12T09:00:00+07:00")}, monday));
    auto next_step = with_payment(dossier(the_code), "r");
    next_step.status = 10;
    ASSERT_TRUE(publish_dossiers({next_step}, tuesday)) << "a new version, which counts the same";
    EXPECT_EQ(changes(), Lines{});
}

TEST_P(TallyChanges, APaymentThatIsConfirmedLaterIsOne) {
    ASSERT_TRUE(publish_dossiers(
        {with_payment(dossier(the_code), "r"), with_payment(dossier("A-240610-0002"), "s")}, monday
    ));
    ASSERT_TRUE(publish_payments(
        {payment("r", Succeeded, "2024-06-16T23:59:59+07:00"),
         payment("s", Succeeded, "2024-06-17T00:00:00+07:00")},
        tuesday
    ));
    EXPECT_EQ(changes(), lines_of({{one(0), one(1), true, true}}))
        << "the other one succeeded after the window";
}

TEST_P(TallyChanges, APaymentThatIsTakenBackIsOne) {
    ASSERT_TRUE(publish_dossiers({with_payment(dossier(the_code), "r")}, monday));
    ASSERT_TRUE(publish_payments({payment("r", Succeeded, "2024-06-12T09:00:00+07:00")}, monday));
    ASSERT_TRUE(publish_payments({payment("r", Refunded, "2024-06-18T09:00:00+07:00")}, tuesday));
    EXPECT_EQ(changes(), lines_of({{one(1), one(0), true, true}}));
}

struct WordCase {
    std::string name;
    std::optional<DossierRecord> then;
    DossierRecord now;
    std::vector<TallyChange> changes;
};

TEST_P(TallyChanges, AreFoundInWhatASourceSaysOfADossier) {
    const DossierRecord usual = dossier(the_code);
    DossierRecord moved = usual;
    moved.unit_code = "H37.10.02";
    const DossierRecord after = accepted(usual, "2024-06-17T00:00:00+07:00");
    const DossierRecord before = accepted(usual, "2024-06-06T23:59:59+07:00");
    const Tally elsewhere = one(0, "H37.10.02");
    const WordCase cases[] = {
        {"heard of later", std::nullopt, usual, {{std::nullopt, one(0), false, true}}},
        {"received later", with_status(usual, 1), usual, {{std::nullopt, one(0), false, true}}},
        {"turned away", usual, with_status(usual, 3), {{one(0), std::nullopt, true, false}}},
        {"of another unit", usual, moved, {{one(0), elsewhere, true, true}}},
        {"received after all in the window", before, usual, {{std::nullopt, one(0), true, true}}},
        {"received after the window", usual, after, {{one(0), std::nullopt, true, true}}},
        {"outside before and after", before, after, {}},
        {"another day of the same piece", usual, accepted(usual, "2024-06-11T09:00:00+07:00"), {}},
    };
    for (const WordCase& row : cases) {
        store_ = open(fresh_location());
        if (row.then) {
            ASSERT_TRUE(publish_dossiers({*row.then}, monday));
        } else {
            ASSERT_TRUE(publish_dossiers({}, monday));
        }
        ASSERT_TRUE(publish_dossiers({row.now}, tuesday));
        EXPECT_EQ(changes(), lines_of(row.changes)) << row.name;
    }
}

TEST_P(TallyChanges, ARenumberedDossierIsTheSameAndADuplicateIsGone) {
    const std::string other = "B-240610-0001";
    ASSERT_TRUE(publish_dossiers({dossier(the_code), dossier(other)}, monday));
    EXPECT_EQ(changes(), Lines{});
    auto both = dossier(other);
    both.aliases = {the_code};
    ASSERT_TRUE(publish_dossiers({both}, tuesday));
    EXPECT_EQ(changes(), lines_of({{one(0), std::nullopt, true, false}}));

    store_ = open(fresh_location());
    ASSERT_TRUE(publish_dossiers({dossier(the_code)}, monday));
    ASSERT_TRUE(publish_dossiers({dossier(other)}, tuesday));
    ASSERT_TRUE(publish_dossiers({both}, wednesday));
    EXPECT_EQ(changes(), Lines{}) << "it goes on under its new the_code";
}

TEST_P(TallyChanges, OfASourceThatNeverSaidAnythingThereAreNone) {
    EXPECT_EQ(changes(), Lines{});
}

THIDUA_ON_EVERY_STORE(TallyChanges);

}  // namespace
}  // namespace thidua::store
