// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What SQLite alone promises: the file's mode, the journal's mode, the lock beside it.
#include "store/sqlite.hpp"

#include "core/file.hpp"
#include "store/store.hpp"
#include "store/writer_lock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace thidua::store {
namespace {

class Sqlite : public testing::Test {
  protected:
    std::string refusal(Access access = Access::ReadWrite) {
        const auto opened = Store::open(path_, access);
        EXPECT_FALSE(opened);
        EXPECT_TRUE(opened || opened.error().kind == ErrorKind::Io);
        return opened ? "" : opened.error().message;
    }

    void make_store() { ASSERT_TRUE(Store::open(path_, Access::ReadWrite)); }

    std::string answer(const char* pragma) {
        auto database = Database::open(path_, Access::ReadWrite);
        auto statement = (*database)->prepare(pragma);
        return **(*statement)->first_row([](const Statement& row) { return row.text(0); });
    }

    test::TemporaryFolder folder_;
    std::filesystem::path path_ = folder_.path() / "thidua.db";
};

TEST_F(Sqlite, AFileThatIsNoDatabaseIsRefusedWithTheRemedy) {
    ASSERT_TRUE(write_file(path_, std::string(5000, 'x')));
    ASSERT_EQ(::chmod(path_.c_str(), 0600), 0);
    EXPECT_NE(refusal().find("restore the last backup"), std::string::npos);
}

TEST_F(Sqlite, ANewStoreIsItsOwnersAlone) {
    const mode_t before = ::umask(0);
    make_store();
    ::umask(before);
    struct stat about {};
    ASSERT_EQ(::stat(path_.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 07777U, 0600U);
}

TEST_F(Sqlite, AStoreThatOthersMayReadIsRefusedWithTheRemedy) {
    make_store();
    for (const mode_t mode : {0640U, 0604U, 0620U}) {
        ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
        EXPECT_NE(refusal().find("chmod 600 " + path_.string()), std::string::npos);
        EXPECT_NE(refusal(Access::ReadOnly).find("chmod 600"), std::string::npos);
    }
    ASSERT_EQ(::chmod(path_.c_str(), 0600), 0);
    make_store();
}

TEST_F(Sqlite, AStoreOfSomebodyElseIsNotWrittenTo) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "only root can give a file away";
    }
    make_store();
    ASSERT_EQ(::chown(path_.c_str(), 65534, 65534), 0);
    EXPECT_NE(refusal().find("belongs to user 65534"), std::string::npos);
    EXPECT_TRUE(Store::open(path_, Access::ReadOnly));
}

TEST_F(Sqlite, ALinkIsRefused) {
    make_store();
    std::filesystem::create_symlink(path_, folder_.path() / "link.db");
    path_ = folder_.path() / "link.db";
    EXPECT_NE(refusal().find("not a link"), std::string::npos);
}

TEST_F(Sqlite, AStoreInWalModeIsRefusedAndStaysAsItIs) {
    make_store();
    {
        sqlite3* other = nullptr;
        ASSERT_EQ(sqlite3_open(path_.c_str(), &other), SQLITE_OK);
        ASSERT_EQ(
            sqlite3_exec(other, "PRAGMA journal_mode=WAL", nullptr, nullptr, nullptr), SQLITE_OK
        );
        ASSERT_EQ(sqlite3_close(other), SQLITE_OK);
    }
    for (const Access access : {Access::ReadWrite, Access::ReadOnly}) {
        EXPECT_NE(refusal(access).find("PRAGMA journal_mode=TRUNCATE"), std::string::npos);
    }
}

TEST_F(Sqlite, WritesThroughWithARollbackJournal) {
    make_store();
    EXPECT_EQ(answer("PRAGMA journal_mode"), "truncate");
    EXPECT_EQ(answer("PRAGMA synchronous"), "2");
    EXPECT_EQ(answer("PRAGMA trusted_schema"), "0");
    EXPECT_EQ(answer("PRAGMA cell_size_check"), "1");
    EXPECT_EQ(answer("PRAGMA temp_store"), "2");
    EXPECT_EQ(answer("PRAGMA cache_size"), "-8192");
    EXPECT_EQ(answer("PRAGMA busy_timeout"), "10000");
}

TEST_F(Sqlite, WhatAKilledWriterLeftIsTakenBackByAWriterAndNamedToAReader) {
    make_store();
    const std::filesystem::path copy = folder_.path() / "killed.db";
    {
        // As the disk has it in the middle of a commit: pages written over, and their journal.
        auto writer = Database::open(path_, Access::ReadWrite);
        ASSERT_TRUE((*writer)->execute("PRAGMA cache_size=1; CREATE TABLE t (x TEXT)"));
        auto under_way = Transaction::begin(**writer);
        ASSERT_TRUE((*writer)->execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
            " INSERT INTO t SELECT hex(zeroblob(500)) FROM n"
        ));
        std::filesystem::copy_file(path_, copy);
        std::filesystem::copy_file(path_.string() + "-journal", copy.string() + "-journal");
    }
    path_ = copy;
    EXPECT_NE(refusal(Access::ReadOnly).find("a writer was killed"), std::string::npos);
    make_store();
    EXPECT_TRUE(Store::open(path_, Access::ReadOnly));
    EXPECT_EQ(answer("SELECT count(*) FROM t"), "0");
}

TEST_F(Sqlite, ItsOwnTablesCannotBeWrittenToByHand) {
    make_store();
    auto database = Database::open(path_, Access::ReadWrite);
    ASSERT_TRUE((*database)->execute("PRAGMA writable_schema=ON"));
    EXPECT_FALSE((*database)->execute("DELETE FROM sqlite_master"));
}

TEST(JournalMode, WalIsRefusedByEveryVersionAndTheBugIsNamedWhereItIs) {
    for (const char* mode : {"delete", "truncate", "persist", "memory"}) {
        EXPECT_EQ(journal_mode_problem(3'040'001, mode), std::nullopt);
    }
    for (const int version : {3'040'001, 3'044'005, 3'050'006, 3'051'002}) {
        EXPECT_NE(journal_mode_problem(version, "wal")->find("corrupt"), std::string::npos);
    }
    for (const int version : {3'044'006, 3'050'007, 3'051'003, 3'052'000}) {
        EXPECT_EQ(journal_mode_problem(version, "wal")->find("corrupt"), std::string::npos);
    }
    EXPECT_NE(journal_mode_problem(3'034'000, "delete")->find("too old"), std::string::npos);
}

TEST_F(Sqlite, ASecondWriterIsToldWhoHoldsTheStore) {
    auto held = WriterLock::take(path_, "thidua run");
    ASSERT_TRUE(held);
    const auto second = WriterLock::take(path_, "thidua pull");
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().message.find("thidua run, process"), std::string::npos);
    { const WriterLock released = *std::move(held); }
    EXPECT_TRUE(WriterLock::take(path_, "thidua pull"));
}

TEST_F(Sqlite, TheHolderOfTheLockSaysWhereItTakesCommands) {
    EXPECT_FALSE(read_lock_holder(path_));
    {
        auto held = WriterLock::take(path_, "thidua run");
        ASSERT_TRUE(held);
        EXPECT_TRUE(read_lock_holder(path_)->socket.empty());
        ASSERT_TRUE(held->announce("/run/thidua/control.sock"));
        const auto holder = read_lock_holder(path_);
        ASSERT_TRUE(holder);
        EXPECT_EQ(holder->name, "thidua run, process " + std::to_string(::getpid()));
        EXPECT_EQ(holder->socket, "/run/thidua/control.sock");
        // Who is refused leaves the words as they are.
        EXPECT_FALSE(WriterLock::take(path_, "thidua pull"));
        EXPECT_EQ(read_lock_holder(path_)->name, holder->name);
    }
    EXPECT_FALSE(read_lock_holder(path_));
    auto next = WriterLock::take(path_, "thidua pull");
    ASSERT_TRUE(next);
    EXPECT_TRUE(read_lock_holder(path_)->socket.empty()) << "not the one before";
}

}  // namespace
}  // namespace thidua::store
