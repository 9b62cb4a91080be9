// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "core/file.hpp"
#include "store/restore.hpp"
#include "tests/store/back_up.hpp"
#include "tests/store/store_fixture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <thread>

namespace thidua::store {
namespace {

class Backup : public StoreTest {
  protected:
    std::filesystem::path path() const { return location_.path; }
    std::filesystem::path backup() const { return folder_.path() / "backup.db"; }

    std::vector<DossierRecord> dossiers(int count) {
        std::vector<DossierRecord> made;
        for (int number = 0; number < count; ++number) {
            made.push_back(dossier(fmt::format("A-240610-{:05}", number)));
        }
        return made;
    }

    std::vector<std::string> files() {
        std::vector<std::string> names;
        for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
            names.push_back(file.path().filename());
        }
        std::ranges::sort(names);
        return names;
    }

    Result<Restored> restore_backup() { return restore({path(), backup(), "An", at(friday)}, {}); }
};

TEST_P(Backup, IsAStoreOfItsOwnWithTheSameFigures) {
    ASSERT_TRUE(publish_dossiers(dossiers(300), monday));
    std::int64_t told = 0;
    const auto done = back_up(store_, backup(), [&](std::int64_t at, std::int64_t of) {
        told += at == of ? 1 : 0;
    });
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(told, 1);
    expect_.max_drop = Share{1, 1};
    ASSERT_TRUE(publish_dossiers({dossier("B-240610-0001")}, tuesday));
    store_ = *Store::open(backup(), Access::ReadOnly);
    EXPECT_EQ(totals(tuesday).received, 300);
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
    EXPECT_EQ(
        files(),
        (std::vector<std::string>{
            "backup.db", "thidua.db", "thidua.db-journal", "thidua.db.witness"})
    );
}

TEST_P(Backup, OverwritesNothing) {
    ASSERT_TRUE(write_file(backup(), "something else"));
    const auto refused = back_up(store_, backup());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Usage);
    EXPECT_EQ(*read_file(backup(), 100), "something else");
}

TEST_P(Backup, OfTheWriterItselfTakesInWhatItPublishesMeanwhile) {
    ASSERT_TRUE(publish_dossiers(dossiers(20'000), monday));
    const auto run = BackupRun::begin(store_, backup());
    ASSERT_TRUE(run) << run.error().message;
    CopyState state = *(*run)->step();
    const std::int64_t pages = state.total;
    ASSERT_FALSE(state.is_whole);
    std::int64_t steps = 1;
    Slice slice;
    while (!state.is_whole) {
        slice.key = fmt::format("slice {}", steps);
        slice.dossiers = {dossier(fmt::format("C-240610-{:05}", steps))};
        ASSERT_TRUE(publish(slice, tuesday));
        const auto next = (*run)->step();
        ASSERT_TRUE(next) << next.error().message;
        EXPECT_GE(next->done, state.done) << "it never begins again";
        state = *next;
        ++steps;
    }
    EXPECT_LE(steps, pages / 256 + 3);
    ASSERT_TRUE((*run)->check_pages());
    EXPECT_FALSE(std::filesystem::exists(backup()));
    const auto done = (*run)->finish(store_);
    ASSERT_TRUE(done) << done.error().message;
    auto copy = *Store::open(backup(), Access::ReadOnly);
    EXPECT_EQ(copy.audit_head()->number, store_.audit_head()->number);
    EXPECT_EQ(copy.verify([](std::int64_t, std::int64_t) {})->problems, 0);
    ASSERT_TRUE(publish_dossiers(dossiers(20'000), friday)) << "the store goes on";
}

TEST_P(Backup, ThatIsGivenUpLeavesNothing) {
    ASSERT_TRUE(publish_dossiers(dossiers(300), monday));
    const auto before = files();
    {
        const auto run = BackupRun::begin(store_, backup());
        ASSERT_TRUE(run);
        ASSERT_TRUE((*run)->step());
        EXPECT_NE(files(), before);
    }
    EXPECT_EQ(files(), before);
    EXPECT_FALSE(BackupRun::begin(store_, folder_.path() / "no folder" / "backup.db"));
}

TEST_P(Backup, AReadersBackupIsWholeWhileAWriterWrites) {
    ASSERT_TRUE(publish_dossiers(dossiers(6'000), monday));
    auto reader = *Store::open(path(), Access::ReadOnly);
    std::atomic<bool> is_done = false;
    std::atomic<int> written = 0;
    const std::jthread writer([&] {
        Slice slice;
        // It ends by itself: a writer that never pauses keeps readers out for good.
        for (int number = 0; number < 40 && !is_done; ++number) {
            slice.key = std::to_string(number);
            slice.dossiers = {dossier(fmt::format("C-240610-{:05}", number))};
            if (!publish(slice, tuesday)) {
                break;
            }
            ++written;
        }
        is_done = true;
    });
    while (written == 0 && !is_done) {
        std::this_thread::yield();
    }
    const auto done = back_up(reader, backup());
    const int written_meanwhile = written;
    is_done = true;
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_GT(written_meanwhile, 0);
    auto copy = *Store::open(backup(), Access::ReadOnly);
    const auto report = *copy.audit_verify();
    EXPECT_TRUE(report.faults.empty()) << report.faults.front().problem;
    EXPECT_GE(report.head.number, 4);
}

TEST_P(Backup, RestoringPutsItInTheStoresPlaceAndKeepsWhatWasThere) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    ASSERT_TRUE(back_up(store_, backup()));
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0002")}, tuesday));
    const auto restored = restore_backup();
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_EQ(restored->head.number, 2);
    EXPECT_EQ(restored->witness->height, 4);
    EXPECT_EQ(restored->replaced.filename(), "thidua.db.before-restore-20240620T220000Z");
    store_ = open();
    EXPECT_EQ(totals(friday).received, 1);
    const auto entries = *store_.audit_entries(2, 10);
    EXPECT_EQ(
        entries[0].note,
        (AuditNote{
            "restored", "backup.db", "epoch=2 entry=2 witnessed_epoch=1 witnessed=4 schema=4 by=An"}
        )
    );
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0003")}, friday));
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
    store_ = *Store::open(restored->replaced, Access::ReadOnly);
    EXPECT_EQ(totals(friday).received, 2);
}

TEST_P(Backup, OnlyTheOwnerMayOpenACopy) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    ASSERT_TRUE(back_up(store_, backup()));
    ASSERT_TRUE(restore_backup());
    constexpr auto owner_only =
        std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
    EXPECT_EQ(std::filesystem::status(backup()).permissions(), owner_only);
    EXPECT_EQ(std::filesystem::status(path()).permissions(), owner_only);
}

TEST_P(Backup, AfterARestoreTheOldDatabaseIsNotTakenBackInSilence) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    ASSERT_TRUE(back_up(store_, backup()));
    const auto restored = restore_backup();
    ASSERT_TRUE(restored);
    std::filesystem::rename(restored->replaced, path());
    const auto refused = Store::open(path(), Access::ReadWrite);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("is of epoch 2"), std::string::npos);
    ASSERT_TRUE(restore_backup());
    EXPECT_TRUE(Store::open(path(), Access::ReadWrite));
}

TEST_P(Backup, RestoresWhereThereIsNoStoreLeft) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    ASSERT_TRUE(back_up(store_, backup()));
    std::filesystem::remove(path());
    const auto restored = restore_backup();
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_TRUE(restored->replaced.empty());
    store_ = open();
    EXPECT_EQ(totals(friday).received, 1);
}

TEST_P(Backup, ADamagedBackupReplacesNothing) {
    ASSERT_TRUE(publish_dossiers(dossiers(300), monday));
    ASSERT_TRUE(back_up(store_, backup()));
    std::string bytes = *read_file(backup(), 100'000'000);
    bytes.replace(bytes.size() / 2, 5'000, std::string(5'000, '\x5a'));
    ASSERT_TRUE(write_file(backup(), bytes));
    const auto before = files();
    const auto refused = restore_backup();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Io);
    EXPECT_EQ(files(), before);
    EXPECT_EQ(totals(monday).received, 300);
}

TEST_P(Backup, ABackupWhoseChainIsBrokenReplacesNothing) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    ASSERT_TRUE(back_up(store_, backup()));
    ASSERT_TRUE((*Database::open(backup(), Access::ReadWrite))
                    ->execute("UPDATE audit SET subject = 'x' WHERE number = 1"));
    const auto refused = restore_backup();
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("entry 1 (slice x) was altered"), std::string::npos);
    EXPECT_TRUE(Store::open(path(), Access::ReadWrite));
}

TEST_P(Backup, ABackupWhoseRollupsDifferReplacesNothing) {
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, monday));
    ASSERT_TRUE(back_up(store_, backup()));
    ASSERT_TRUE((*Database::open(backup(), Access::ReadWrite))->execute("DELETE FROM rollup"));
    const auto before = files();
    const auto refused = restore_backup();
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("1 problems, the first: "), std::string::npos)
        << refused.error().message;
    EXPECT_EQ(files(), before);
    EXPECT_TRUE(Store::open(path(), Access::ReadWrite));
}

TEST_P(Backup, TheStoreItselfIsNoBackup) {
    const auto refused = restore({path(), path(), "An", at(friday)}, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Usage);
}

THIDUA_ON_FILES(Backup);

}  // namespace
}  // namespace thidua::store
