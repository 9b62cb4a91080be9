// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What becomes of a source that moves: C15, C19, C20 and C22 of the fault model.
#include "tests/store/store_fixture.hpp"

namespace thidua::store {
namespace {

class MovingSource : public StoreTest {
  protected:
    SourceProgress progress() { return *store_.progress("tthc"); }
};

const std::string july_1 = "2024-07-01T05:00:00+07:00";
const std::string july_2 = "2024-07-02T05:00:00+07:00";
const std::string july_5 = "2024-07-05T05:00:00+07:00";

TEST_P(MovingSource, C15TheCursorIsTheTimeOfThePullAndOfNoRecord) {
    auto far_ahead = dossier("A-240610-0001");
    far_ahead.accepted_at = at("2031-06-10T09:00:00+07:00");
    far_ahead.updated_at = at("2031-06-10T09:00:00+07:00");
    ASSERT_TRUE(publish_dossiers({far_ahead, dossier("A-240610-0002")}, july_1));
    EXPECT_EQ(progress().data_through, at(july_1));
    auto older = dossier("A-240610-0003");
    older.accepted_at = at("2024-06-08T09:00:00+07:00");
    ASSERT_TRUE(publish_dossiers({far_ahead, dossier("A-240610-0002"), older}, july_2));
    EXPECT_EQ(totals(july_2).received, 2);
}

TEST_P(MovingSource, C19ABackdatedDossierCountsInItsClosedPeriodFromWhenItIsKnown) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, july_1));
    EXPECT_EQ(totals(july_1).received, 1);
    auto backdated = dossier("A-240610-0002");
    backdated.accepted_at = at("2024-06-08T09:00:00+07:00");
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001"), backdated}, july_2));
    EXPECT_EQ(totals(july_1).received, 1) << "what was known on Monday stays";
    EXPECT_EQ(totals(july_2).received, 2);
    EXPECT_EQ(totals(july_2, "2024-06-08").received, 1) << "in its own day";
}

TEST_P(MovingSource, C19AReopenedAndAWithdrawnDossierAreNewVersions) {
    auto done = dossier("A-240610-0001");
    done.status = 9;
    done.finished_at = at("2024-06-20T09:00:00+07:00");
    ASSERT_TRUE(publish_dossiers({done, dossier("A-240610-0002")}, july_1));
    auto reopened = dossier("A-240610-0001");
    auto turned_away = dossier("A-240610-0002");
    turned_away.status = 3;
    EXPECT_EQ(publish_dossiers({reopened, turned_away}, july_2)->changed, 2);
    EXPECT_EQ(totals(july_1).received, 2);
    EXPECT_EQ(totals(july_2).received, 1);
    EXPECT_EQ(publish_dossiers({done, turned_away}, july_5)->changed, 1) << "and done once more";
    EXPECT_EQ(totals(july_1).received, 2);
    EXPECT_EQ(totals(july_2).received, 1);
}

TEST_P(MovingSource, C20ATotalThatDropsToNothingKeepsTheOldAndSaysSo) {
    std::vector<DossierRecord> ten;
    for (int number = 0; number < 10; ++number) {
        ten.push_back(dossier("A-240610-000" + std::to_string(number)));
    }
    ASSERT_TRUE(publish_dossiers(ten, july_1));
    const auto emptied = publish_dossiers({}, july_2);
    ASSERT_FALSE(emptied);
    EXPECT_EQ(emptied.error().kind, ErrorKind::Data);
    EXPECT_EQ(totals(july_2).received, 10);
    EXPECT_EQ(progress().data_through, at(july_1));
    EXPECT_EQ(store_.pulls()->at(0).state, "failed");
    ASSERT_TRUE(publish_dossiers(ten, july_5)) << "and goes on once it is there again";
    EXPECT_EQ(progress().data_through, at(july_5));
}

TEST_P(MovingSource, C22ADuplicateWithOtherContentIsKeptAndTheLastSeenCounts) {
    auto direct = dossier("A-240610-0001");
    direct.channel = Channel::Direct;
    EXPECT_EQ(publish_dossiers({dossier("A-240610-0001"), direct}, july_1)->changed, 2)
        << "both are versions";
    EXPECT_EQ(totals(july_1).received, 1);
    EXPECT_EQ(totals(july_1).online, 0);
    ASSERT_TRUE(publish_dossiers({direct, dossier("A-240610-0001")}, july_2));
    EXPECT_EQ(totals(july_2).online, 1);
    EXPECT_EQ(totals(july_1).online, 0);
}

THIDUA_ON_EVERY_STORE(MovingSource);

}  // namespace
}  // namespace thidua::store
