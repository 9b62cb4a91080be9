// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What PostgreSQL alone promises: the URL, the writer's lock, a lost connection, memory.
#include "store/postgres.hpp"

#include "core/file.hpp"
#include "store/migrations.hpp"
#include "store/restore.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"
#include "tests/store/back_up.hpp"
#include "tests/support/postgres_peer.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace thidua::store {
namespace {

/// With a place for the witness.
Location at(const std::string& url) {
    static const test::TemporaryFolder folder;
    Location location(folder.path() / std::to_string(std::hash<std::string>()(url)));
    location.url = url;
    return location;
}

Error refusal(const Location& location) {
    const auto opened = Store::open(location, Access::ReadWrite);
    EXPECT_FALSE(opened);
    return opened ? Error{} : opened.error();
}

std::unique_ptr<Database> connect(const Location& location) {
    auto database = Database::open(location, Access::ReadWrite);
    return database ? *std::move(database) : throw std::runtime_error(database.error().message);
}

/// Ends every session but the one that asks, as an operator or a network does.
void cut_connections() {
    test::PostgresPeer::shared().execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    );
}

TEST(Postgres, AUrlWithAPasswordIsRefusedAndNotRepeated) {
    for (const char* url :
         {"postgresql://u:canary77@h/d",
          "postgresql://h/d?password=canary77",
          "postgresql://h/d?sslpassword=canary77",
          "postgresql://u:canary77@h/d?nonsense",
          "host=h password=canary77"}) {
        const Error error = refusal(at(url));
        EXPECT_EQ(error.kind, ErrorKind::Config) << url;
        EXPECT_EQ(error.message.find("canary77"), std::string::npos) << error.message;
        EXPECT_NE(error.message.find("store.url"), std::string::npos) << error.message;
    }
}

TEST(Postgres, ThePasswordComesFromItsFileAndIsNeverTold) {
    auto& peer = test::PostgresPeer::shared();
    peer.execute(
        "CREATE USER with_password PASSWORD 'canary78'; CREATE SCHEMA own AUTHORIZATION "
        "with_password"
    );
    const test::TemporaryFolder folder;
    Location location = at(peer.url("with_password") + "&options=-csearch_path%3Down");
    location.password_file = folder.path() / "password";
    ASSERT_TRUE(write_file(location.password_file, "canary78\n"));
    EXPECT_TRUE(Store::open(location, Access::ReadWrite));
    ASSERT_TRUE(write_file(location.password_file, "canary79\n"));
    const Error error = refusal(location);
    EXPECT_NE(error.message.find("password authentication failed"), std::string::npos);
    EXPECT_EQ(error.message.find("canary"), std::string::npos);
    location.password_file = folder.path() / "missing";
    EXPECT_NE(refusal(location).message.find("store.password_file"), std::string::npos);
}

TEST(Postgres, AServerThatIsNotThereIsNamedWithTheRemedy) {
    const Error error = refusal(at("postgresql://127.0.0.1:1/none"));
    EXPECT_EQ(error.kind, ErrorKind::Io);
    EXPECT_NE(error.message.find("check store.url"), std::string::npos) << error.message;
    const Error missing = refusal(at(test::PostgresPeer::shared().url("postgres") + "&dbname=no"));
    EXPECT_NE(missing.message.find("\"no\" does not exist"), std::string::npos) << missing.message;
}

TEST(Postgres, ADatabaseOfAnotherEncodingIsRefusedWithTheRemedy) {
    auto& peer = test::PostgresPeer::shared();
    peer.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
    const Error error = refusal(at(peer.url("postgres") + "&dbname=latin"));
    EXPECT_NE(error.message.find("createdb --encoding=UTF8"), std::string::npos) << error.message;
}

TEST(Postgres, ASecondWriterIsToldWhoHoldsTheStore) {
    Location location = at(test::PostgresPeer::shared().fresh_url());
    location.holder = "thidua run, process 7";
    {
        const auto first = Store::open(location, Access::ReadWrite);
        ASSERT_TRUE(first);
        location.holder = "thidua pull";
        location.lock_wait = std::chrono::milliseconds{0};
        const Error error = refusal(location);
        EXPECT_EQ(error.kind, ErrorKind::Io);
        EXPECT_NE(
            error.message.find("is being written by thidua run, process 7 on host "),
            std::string::npos
        ) << error.message;
        EXPECT_TRUE(Store::open(location, Access::ReadOnly));
        Location elsewhere = at(test::PostgresPeer::shared().fresh_url());
        elsewhere.holder = "thidua pull";
        EXPECT_TRUE(Store::open(elsewhere, Access::ReadWrite));
    }
    EXPECT_TRUE(Store::open(location, Access::ReadWrite));
}

TEST(Postgres, AWriterWaitsForTheSessionOfOneThatWasKilledAndSaysSo) {
    Location location = at(test::PostgresPeer::shared().fresh_url());
    location.holder = "thidua run, process 7";
    auto first = std::make_unique<Store>(*Store::open(location, Access::ReadWrite));
    std::vector<std::string> told;
    location.holder = "thidua run, process 8";
    location.told_of_wait = [&](const std::string& words) { told.push_back(words); };
    std::jthread killed([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{350});
        first.reset();
    });
    EXPECT_TRUE(Store::open(location, Access::ReadWrite));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_NE(told[0].find("is being written by thidua run, process 7 on host "), std::string::npos)
        << told[0];
    EXPECT_NE(told[0].find("waiting for up to 10 s"), std::string::npos) << told[0];
    killed.join();
    EXPECT_TRUE(Store::open(location, Access::ReadWrite));
    EXPECT_EQ(told.size(), 1U) << "nobody was waited for";
}

TEST(Postgres, AReaderDoesNotWrite) {
    const Location location = at(test::PostgresPeer::shared().fresh_url());
    ASSERT_TRUE(Store::open(location, Access::ReadWrite));
    auto reader = Store::open(location, Access::ReadOnly);
    const auto refused = reader->end_slot({"job", Instant{}}, SlotState::Done, "", Instant{});
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("25006"), std::string::npos) << refused.error().message;
}

TEST(Postgres, ATransactionThatLosesItsConnectionLeavesNothingAndTheNextOneWorks) {
    const auto database = connect(at(test::PostgresPeer::shared().fresh_url()));
    ASSERT_TRUE(database->execute("CREATE TABLE t (x BIGINT)"));
    const auto insert = std::move(*database->prepare("INSERT INTO t VALUES (?)"));
    {
        auto lost = Transaction::begin(*database);
        ASSERT_TRUE(insert->run(1));
        cut_connections();
        const auto failed = insert->run(2);
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.error().kind, ErrorKind::Io);
        EXPECT_FALSE(insert->run(3));
        EXPECT_FALSE(lost->commit());
    }
    auto next = Transaction::begin(*database);
    ASSERT_TRUE(next) << next.error().message;
    ASSERT_TRUE(insert->run(4));
    ASSERT_TRUE(next->commit());
    cut_connections();  // while nobody uses it
    ASSERT_TRUE(Transaction::begin(*database)->commit());
    const auto sum = std::move(*database->prepare("SELECT sum(x) FROM t"));
    EXPECT_EQ(sum->first_row([](const Statement& row) { return row.integer(0); }), 4);
}

TEST(Postgres, AWriterThatComesBackWithoutItsLockIsRefused) {
    Location location = at(test::PostgresPeer::shared().fresh_url());
    location.holder = "thidua run, process 7";
    location.lock_wait = std::chrono::milliseconds{0};
    const auto paused = connect(location);
    cut_connections();
    location.holder = "thidua pull";
    const auto other = connect(location);
    const auto refused = Transaction::begin(*paused);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("written by thidua pull"), std::string::npos)
        << refused.error().message;
}

TEST(Postgres, ACommitAfterAFailedStatementIsAnError) {
    const auto database = connect(at(test::PostgresPeer::shared().fresh_url()));
    auto transaction = Transaction::begin(*database);
    EXPECT_FALSE(database->execute("SELECT 1 / 0"));
    EXPECT_FALSE(transaction->commit());
}

TEST(Postgres, RowsOfTwoStatementsMayBeReadInTurn) {
    const auto database = connect(at(test::PostgresPeer::shared().fresh_url()));
    const auto outer = std::move(*database->prepare("SELECT generate_series(1, ?)"));
    const auto inner = std::move(*database->prepare("SELECT CAST(? AS BIGINT) * 10"));
    std::vector<std::int64_t> seen;
    outer->bind(3);
    ASSERT_TRUE(outer->for_each_row([&](const Statement& row) {
        const auto ten = inner->bind(row.integer(0)).first_row([](const Statement& found) {
            return found.integer(0);
        });
        seen.push_back(**ten);
    }));
    EXPECT_EQ(seen, (std::vector<std::int64_t>{10, 20, 30}));
}

TEST(Postgres, AnErrorAmongTheRowsIsNotLost) {
    const auto database = connect(at(test::PostgresPeer::shared().fresh_url()));
    const auto divide =
        std::move(*database->prepare("SELECT 6 / (2 - n) FROM generate_series(1, 3) n"));
    EXPECT_TRUE(divide->bind().step().value());
    EXPECT_FALSE(divide->step());
    divide->bind();
    EXPECT_TRUE(*divide->step());
    ASSERT_TRUE(database->execute("SELECT 1"));  // takes the rest into memory
    EXPECT_FALSE(divide->step());
}

TEST(Postgres, ValuesComeBackAsTheyWere) {
    const auto database = connect(at(test::PostgresPeer::shared().fresh_url()));
    ASSERT_TRUE(database->execute("CREATE TABLE t (i BIGINT, s TEXT, b BYTEA)"));
    const auto insert = std::move(*database->prepare("INSERT INTO t VALUES (?, ?, ?)"));
    const std::string bytes("\0\x7f\xff'\\", 5);
    const std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
    ASSERT_TRUE(insert->run(std::nullopt, std::nullopt, std::nullopt));  // types are not known yet
    ASSERT_TRUE(insert->run(smallest, "Lạng Sơn '?'", Blob{bytes}));
    ASSERT_TRUE(insert->run(std::nullopt, "", Blob{""}));
    const auto find = std::move(*database->prepare("SELECT i, s, b FROM t ORDER BY s NULLS LAST"));
    ASSERT_TRUE(*find->bind().step());
    EXPECT_EQ(find->integer_or_null(0), std::nullopt);
    EXPECT_EQ(find->text(1), "");
    ASSERT_TRUE(*find->step());
    EXPECT_EQ(find->integer(0), smallest);
    EXPECT_EQ(find->text(1), "Lạng Sơn '?'");
    EXPECT_EQ(find->text(2), bytes);
    ASSERT_TRUE(*find->step());
    EXPECT_EQ(find->integer_or_null(0), std::nullopt);
    EXPECT_EQ(find->integer(0), 0);
}

TEST(Postgres, ATextWithAZeroByteIsRefusedAndNotCutOff) {
    const auto database = connect(at(test::PostgresPeer::shared().fresh_url()));
    const auto echo = std::move(*database->prepare("SELECT CAST(? AS TEXT)"));
    const auto refused = echo->bind(std::string("a\0b", 3)).step();
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("22021"), std::string::npos) << refused.error().message;
}

TEST(Postgres, AnAcknowledgedTransactionOutlivesACrashOfTheServer) {
    test::PostgresPeer peer(test::PostgresPeer::Sync::Safe);
    const auto database = connect(at(peer.fresh_url()));
    ASSERT_TRUE(database->execute("CREATE TABLE t (x BIGINT)"));
    const auto insert = std::move(*database->prepare("INSERT INTO t VALUES (?)"));
    auto kept = Transaction::begin(*database);
    ASSERT_TRUE(insert->run(1));
    ASSERT_TRUE(kept->commit());
    {
        auto lost = Transaction::begin(*database);
        ASSERT_TRUE(insert->run(2));
        peer.crash();
        EXPECT_FALSE(lost->commit());
    }
    EXPECT_FALSE(Transaction::begin(*database));
    peer.start();
    auto after = Transaction::begin(*database);
    ASSERT_TRUE(after) << after.error().message;
    const auto sum = std::move(*database->prepare("SELECT sum(x) FROM t"));
    EXPECT_EQ(sum->first_row([](const Statement& row) { return row.integer(0); }), 1);
}

TEST(Postgres, WhatIsDoneWithFilesIsRefusedWithTheRightTool) {
    const Location location = at(test::PostgresPeer::shared().fresh_url());
    const test::TemporaryFolder folder;
    const auto expect_words = [](const Error& error, const std::string& words) {
        EXPECT_EQ(error.kind, ErrorKind::Usage);
        EXPECT_NE(error.message.find(words), std::string::npos) << error.message;
    };
    auto store = *Store::open(location, Access::ReadWrite);
    const auto copied = back_up(store, folder.path() / "copy");
    ASSERT_FALSE(copied);
    expect_words(copied.error(), "pg_dump --format=custom --file=");
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
    const auto restored = restore({location, folder.path() / "copy", "An", Instant{}}, {});
    ASSERT_FALSE(restored);
    expect_words(restored.error(), "pg_restore");
}

TEST(Postgres, ASchemaThatWasNeverThereIsRefused) {
    const Location location = at(test::PostgresPeer::shared().fresh_url());
    EXPECT_EQ(migrate(location, Instant{}, {})->to, 0);
    ASSERT_TRUE(Store::open(location, Access::ReadWrite));
    EXPECT_EQ(migrate(location, Instant{}, {})->from, schema_version);
    ASSERT_TRUE(connect(location)->set_schema_version(1));
    const auto migrated = migrate(location, Instant{}, {});
    ASSERT_FALSE(migrated);
    EXPECT_NE(migrated.error().message.find("no thidua ever wrote"), std::string::npos)
        << migrated.error().message;
}

}  // namespace
}  // namespace thidua::store
