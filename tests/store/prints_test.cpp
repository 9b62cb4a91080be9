// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The same answers again write nothing, and only then: a slice's print vouches for its dossiers.
#include "tests/store/dump.hpp"
#include "tests/store/store_fixture.hpp"

namespace thidua::store {
namespace {

class Prints : public StoreTest {
  protected:
    static Slice slice(
        const std::string& key, std::uint64_t print, std::vector<DossierRecord> dossiers
    ) {
        Slice made;
        made.key = key;
        made.print = print;
        made.dossiers = std::move(dossiers);
        return made;
    }

    bool has_print(const std::string& key, std::uint64_t print) {
        return *store_.has_print("tthc", key, print);
    }

    static DossierRecord in_unit(DossierRecord record, const std::string& unit) {
        record.unit_code = unit;
        return record;
    }

    const DossierRecord one_ = dossier("A-240610-0001");
    const DossierRecord two_ = dossier("A-240610-0002");
    const DossierRecord other_two_ = in_unit(dossier("A-240610-0002"), "H37.10.02");
};

TEST_P(Prints, ARepeatWritesNothingButThePull) {
    const Slice said = slice("w1", 77, {one_, two_});
    EXPECT_FALSE(has_print("w1", 77));
    ASSERT_TRUE(publish(said, monday));
    EXPECT_TRUE(has_print("w1", 77));
    const auto before = dump(location_);
    PullRun run{"tthc", at(tuesday)};
    const auto again = store_.publish(run, {said, at(tuesday), expect_, {}});
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->is_repeat);
    EXPECT_EQ(again->records, 2);
    EXPECT_EQ(again->changed, 0);
    EXPECT_EQ(dump(location_), before);
    EXPECT_EQ(run.slices, 1);
    EXPECT_EQ(run.repeats, 1);
    ASSERT_TRUE(store_.finish_pull(run, {at(tuesday), std::nullopt}));
    EXPECT_EQ(store_.progress("tthc")->data_through, at(tuesday));
    EXPECT_EQ(store_.slices()->size(), 1U);
}

TEST_P(Prints, ARepeatNeedsNoRecords) {
    ASSERT_TRUE(publish(slice("w1", 77, {one_, two_}), monday));
    EXPECT_TRUE(publish(slice("w1", 77, {}), tuesday)->is_repeat);
    EXPECT_EQ(totals(tuesday).received, 2);
}

TEST_P(Prints, AnotherPrintKeyOrSourceIsRead) {
    ASSERT_TRUE(publish(slice("w1", 77, {one_}), monday));
    EXPECT_FALSE(has_print("w1", 78)) << "other answers, or read by another mapping";
    EXPECT_FALSE(has_print("w2", 77));
    EXPECT_FALSE(*store_.has_print("dvcqg", "w1", 77));
    EXPECT_FALSE(publish(slice("w1", 78, {one_}), tuesday)->is_repeat);
    EXPECT_TRUE(has_print("w1", 78));
    EXPECT_FALSE(has_print("w1", 77));
}

TEST_P(Prints, APrintWithTheUppermostBitIsFoundAgain) {
    ASSERT_TRUE(publish(slice("w1", ~std::uint64_t{0}, {one_}), monday));
    EXPECT_TRUE(has_print("w1", ~std::uint64_t{0}));
}

TEST_P(Prints, AnUnknownPrintVouchesForNothing) {
    ASSERT_TRUE(publish(slice("w1", 0, {one_}), monday));
    EXPECT_FALSE(has_print("w1", 0));
    ASSERT_TRUE(publish(slice("w1", 77, {one_}), monday));
    ASSERT_TRUE(publish(slice("w1", 0, {one_}), tuesday));
    EXPECT_FALSE(has_print("w1", 77)) << "of the slice before the last";
}

TEST_P(Prints, IsTakenBackWhenAnotherSliceChangesOneOfItsDossiers) {
    ASSERT_TRUE(publish(slice("w1", 77, {one_, two_}), monday));
    ASSERT_TRUE(publish(slice("w2", 88, {other_two_}), tuesday));
    EXPECT_FALSE(has_print("w1", 77));
    EXPECT_FALSE(has_print("w2", 88)) << "it met a dossier of another key";
    EXPECT_FALSE(publish(slice("w1", 77, {one_, two_}), tuesday)->is_repeat);
}

TEST_P(Prints, StaysWhenAnotherSliceSaysTheSameOfItsDossiers) {
    ASSERT_TRUE(publish(slice("w1", 77, {one_, two_}), monday));
    ASSERT_TRUE(publish(slice("w2", 88, {two_}), tuesday));
    EXPECT_TRUE(has_print("w1", 77));
    EXPECT_FALSE(has_print("w2", 88));
}

TEST_P(Prints, OtherSlicesOfTheSameKeyAreNoOthers) {
    ASSERT_TRUE(publish(slice("w1", 77, {one_, two_}), monday));
    ASSERT_TRUE(publish(slice("w1", 78, {one_, other_two_}), tuesday));
    EXPECT_TRUE(has_print("w1", 78));
    ASSERT_TRUE(publish(slice("w1", 77, {one_, two_}), tuesday));
    EXPECT_TRUE(has_print("w1", 77));
}

TEST_P(Prints, IsTakenBackWhenItsDossierTurnsOutToBeAnother) {
    ASSERT_TRUE(publish(slice("w1", 77, {one_}), monday));
    ASSERT_TRUE(publish(slice("w2", 88, {two_}), monday));
    auto both = two_;
    both.aliases = {one_.code};
    ASSERT_TRUE(publish(slice("w3", 99, {both}), tuesday));
    EXPECT_FALSE(has_print("w1", 77));
    EXPECT_FALSE(has_print("w3", 99));
    EXPECT_EQ(totals(tuesday).received, 1);
}

TEST_P(Prints, RefusedRecordsGiveNone) {
    Slice said = slice("w1", 77, {one_});
    said.rejected.resize(1);
    ASSERT_TRUE(publish(said, monday));
    EXPECT_FALSE(has_print("w1", 77));
    ASSERT_TRUE(publish(slice("w1", 77, {one_}), monday));
    EXPECT_TRUE(has_print("w1", 77));
}

TEST_P(Prints, AFailedSliceLeavesThemAsTheyWere) {
    ASSERT_TRUE(publish(slice("w1", 77, {one_}), monday));
    EXPECT_FALSE(publish(slice("w1", 78, {}), tuesday));
    EXPECT_TRUE(has_print("w1", 77));
}

THIDUA_ON_EVERY_STORE(Prints);

}  // namespace
}  // namespace thidua::store
