// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The witness beside the store: what it keeps, and what it makes the store refuse.
#include "store/witness.hpp"

#include "core/file.hpp"
#include "store/restore.hpp"
#include "tests/store/store_fixture.hpp"

#include <filesystem>

namespace thidua::store {
namespace {

WitnessLine line(std::int64_t height) {
    return {1, height, std::string(64, 'a'), Instant{std::chrono::milliseconds{1'718'575'200'000}}};
}

TEST(WitnessLine, ReadsWhatItWritesAndNothingElse) {
    EXPECT_EQ(parse_witness_line(to_text(line(7))), line(7));
    const WitnessLine begin{3, 0, "", Instant{}};
    EXPECT_EQ(parse_witness_line(to_text(begin)), begin);
    std::string altered = to_text(line(7));
    altered[2] = '8';
    EXPECT_EQ(parse_witness_line(altered), std::nullopt);
    EXPECT_EQ(parse_witness_line(to_text(line(7)).substr(0, 40)), std::nullopt);
    EXPECT_EQ(parse_witness_line(""), std::nullopt);
}

class WitnessFile : public testing::Test {
  protected:
    void add(std::int64_t height) { ASSERT_TRUE(witness_.append(line(height), Witness::Sync::No)); }
    void write(const std::string& bytes) { ASSERT_TRUE(write_file(witness_.path(), bytes)); }

    test::TemporaryFolder folder_;
    Witness witness_{folder_.path() / "thidua.db"};
};

TEST_F(WitnessFile, LiesBesideTheStoreAndGrowsByLines) {
    EXPECT_EQ(*witness_.last(), std::nullopt);
    add(1);
    add(2);
    EXPECT_EQ(witness_.path(), folder_.path() / "thidua.db.witness");
    EXPECT_EQ(*witness_.read(), (std::vector{line(1), line(2)}));
}

TEST_F(WitnessFile, ATornLastLineIsLeftOutAndCutOff) {
    const std::string whole = to_text(line(1)) + "\n";
    const std::string second = to_text(line(2)) + "\n";
    for (std::size_t kept = 0; kept < second.size(); ++kept) {
        write(whole + second.substr(0, kept));
        EXPECT_EQ(*witness_.last(), line(1)) << kept;
    }
    write(whole + second.substr(0, 20));
    Witness opened(folder_.path() / "thidua.db");
    ASSERT_TRUE(opened.append(line(3), Witness::Sync::Yes));
    EXPECT_EQ(*opened.read(), (std::vector{line(1), line(3)}));
    EXPECT_EQ(*read_file(opened.path(), 10'000), whole + to_text(line(3)) + "\n");
}

TEST_F(WitnessFile, ZerosThatAPowerCutLeftAreNoLine) {
    write(to_text(line(1)) + "\n" + std::string(100, '\0'));
    EXPECT_EQ(*witness_.last(), line(1));
}

TEST_F(WitnessFile, KeepsItsLastLineWhenItGrewLarge) {
    const std::string text = to_text(line(1)) + "\n";
    std::string many;
    while (many.size() + text.size() <= Witness::bytes_max) {
        many += text;
    }
    write(many);
    add(2);
    EXPECT_EQ(*read_file(witness_.path(), Witness::bytes_max), to_text(line(2)) + "\n");
    add(3);
    EXPECT_EQ(*witness_.read(), (std::vector{line(2), line(3)}));
}

class WitnessedStore : public StoreTest {
  protected:
    std::filesystem::path path() const { return location_.path; }
    Witness witness() const { return Witness(path()); }

    void copy(const std::string& from, const std::string& to) {
        std::filesystem::copy_file(
            folder_.path() / from,
            folder_.path() / to,
            std::filesystem::copy_options::overwrite_existing
        );
    }

    std::string refusal() {
        const auto store = Store::open(location_, Access::ReadWrite);
        if (store) {
            return "not refused";
        }
        EXPECT_EQ(store.error().kind, ErrorKind::Io);
        return store.error().message;
    }

    static void expect_words(const std::string& text, const std::vector<std::string>& words) {
        for (const std::string& word : words) {
            EXPECT_NE(text.find(word), std::string::npos) << word << " in: " << text;
        }
    }
};

/// Where the database is a file that can be copied.
class WitnessedFile : public WitnessedStore {};

TEST_P(WitnessedStore, AWitnessIsThereBeforeTheFirstEntryAndKeepsUp) {
    EXPECT_EQ(witness().last()->value().height, 0);
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    const AuditHead head = *store_.audit_head();
    EXPECT_EQ(head.number, 2);
    EXPECT_EQ(**witness().last(), (WitnessLine{1, 2, head.hash, at(monday)}));
    EXPECT_EQ(witness().read()->size(), 3U);
    EXPECT_TRUE(Store::open(location_, Access::ReadWrite));
}

TEST_P(WitnessedFile, ADatabaseReplacedByAnOlderCopyIsRefused) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    copy("thidua.db", "old.db");
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0002")}, tuesday));
    copy("old.db", "thidua.db");
    expect_words(
        refusal(),
        {"entries 3 to 4 are missing",
         "2024-06-18T05:00:00+07:00",
         "2024-06-17T05:00:00+07:00",
         "thidua restore FILE",
         "--accept-loss --by NAME"}
    );
    EXPECT_TRUE(Store::open(location_, Access::ReadOnly));  // to look at it is allowed
}

TEST_P(WitnessedFile, ADatabaseThatVanishedIsNotBegunAnewInSilence) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    std::filesystem::remove(path());
    expect_words(refusal(), {"entries 1 to 2 are missing", "chain is empty"});
}

TEST_P(WitnessedFile, AnotherStoresDatabaseIsRefused) {
    const test::TemporaryFolder other;
    {
        auto store = *Store::open(other.path() / "thidua.db", Access::ReadWrite);
        for (const std::string& now : {monday, tuesday, friday}) {
            PullRun run{"tthc", at(now)};
            ASSERT_TRUE(store.finish_pull(run, {at(now), std::nullopt}));
        }
    }
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    std::filesystem::copy_file(
        other.path() / "thidua.db", path(), std::filesystem::copy_options::overwrite_existing
    );
    expect_words(refusal(), {"saw another entry 2", "ends with entry 3"});
}

TEST_P(WitnessedStore, AWitnessThatLagsBehindIsNoReasonToStop) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    copy("thidua.db.witness", "old.witness");
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0002")}, tuesday));
    copy("old.witness", "thidua.db.witness");  // as if killed between commit and witness
    EXPECT_EQ(refusal(), "not refused");
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
}

TEST_P(WitnessedStore, ATornLastLineIsNoReasonToStop) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    const auto bytes = *read_file(witness().path(), 10'000);
    ASSERT_TRUE(write_file(witness().path(), bytes.substr(0, bytes.size() - 10)));
    EXPECT_EQ(refusal(), "not refused");
    store_ = open();
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0002")}, tuesday));
    EXPECT_EQ(witness().last()->value().height, 4);
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
}

TEST_P(WitnessedStore, WhatCannotBeWitnessedIsRecordedAllTheSameAndSaidSo) {
    PullRun run{"tthc", at(monday)};
    std::filesystem::remove(witness().path());
    std::filesystem::create_directory(witness().path());
    const auto finished = store_.finish_pull(run, {at(monday), std::nullopt});
    ASSERT_FALSE(finished);
    EXPECT_EQ(finished.error().kind, ErrorKind::Io);
    expect_words(finished.error().message, {"recorded, but not witnessed", "thidua.db.witness"});
    EXPECT_EQ(store_.audit_head()->number, 1);
    EXPECT_EQ(store_.progress("tthc")->data_through, at(monday));
}

TEST_P(WitnessedStore, ASliceThatCannotBeWitnessedIsPublishedAllTheSameAndSaidSo) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    std::filesystem::remove(witness().path());
    std::filesystem::create_directory(witness().path());
    PullRun run{"tthc", at(tuesday)};
    Slice slice;
    slice.key = "2024-06-07/2024-06-20";
    slice.dossiers = {dossier("A-240610-0001"), dossier("A-240610-0002")};
    const auto published = store_.publish(run, {slice, at(tuesday), expect_, {}});
    ASSERT_FALSE(published);
    EXPECT_EQ(published.error().kind, ErrorKind::Io);
    expect_words(
        published.error().message,
        {"publish 2024-06-07/2024-06-20", "recorded, but not witnessed", "thidua.db.witness"}
    );
    EXPECT_EQ(totals(tuesday).received, 2);
}

TEST_P(WitnessedStore, AMissingWitnessIsMadeAnewAndRecorded) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    std::filesystem::remove(witness().path());
    store_ = open();
    EXPECT_TRUE(store_.is_witness_missing());
    ASSERT_TRUE(store_.record_configuration("c", "", at(tuesday)));
    EXPECT_FALSE(store_.is_witness_missing());
    const auto entries = *store_.audit_entries(2, 10);
    EXPECT_EQ(entries[0].note, (AuditNote{"witness", "thidua.db.witness", "missing=1 height=2"}));
    EXPECT_EQ(witness().last()->value().height, 4);
    EXPECT_FALSE(open().is_witness_missing());
}

TEST_P(WitnessedFile, ALossIsAcceptedByNameAndBeginsAnEpoch) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    copy("thidua.db", "old.db");
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0002")}, tuesday));
    copy("thidua.db", "new.db");
    const auto refused = accept_loss(location_, "An", at(friday));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Usage);
    copy("old.db", "thidua.db");
    const auto accepted = accept_loss(location_, "An", at(friday));
    ASSERT_TRUE(accepted) << accepted.error().message;
    EXPECT_EQ(accepted->epoch, 2);
    store_ = open();
    const auto entries = *store_.audit_entries(2, 10);
    EXPECT_EQ(entries[0].note.kind, "loss-accepted");
    EXPECT_EQ(entries[0].note.detail, "epoch=2 entry=2 witnessed_epoch=1 witnessed=4 by=An");
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0003")}, friday));
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
    copy("new.db", "thidua.db");  // and now the lost one turns up
    expect_words(refusal(), {"is of epoch 2 and the database of epoch 1"});
    EXPECT_NE(Store::open(location_, Access::ReadOnly)->audit_verify()->faults.size(), 0U);
}

TEST_P(WitnessedStore, EntriesThatWereTakenOutAreMissedAndAcceptedByName) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0002")}, tuesday));
    ASSERT_TRUE((*Database::open(location_, Access::ReadWrite))
                    ->execute("DELETE FROM audit WHERE number > 2; DELETE FROM slice WHERE id = 2")
    );
    expect_words(refusal(), {location_.shown(), "entries 3 to 4 are missing"});
    ASSERT_TRUE(accept_loss(location_, "An", at(friday)));
    store_ = open();
    EXPECT_EQ(store_.audit_verify()->epoch, 2);
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0003")}, friday));
    EXPECT_EQ(witness().last()->value().epoch, 2);
    EXPECT_EQ(refusal(), "not refused");
}

THIDUA_ON_EVERY_STORE(WitnessedStore);
THIDUA_ON_FILES(WitnessedFile);

}  // namespace
}  // namespace thidua::store
