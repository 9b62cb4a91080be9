// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The version tables promise the same on SQLite, row by row, and on PostgreSQL, a batch at a time.
#include "store/version_tables.hpp"

#include "store/dossier_key.hpp"
#include "store/schema.hpp"
#include "tests/store/dump.hpp"
#include "tests/store/store_fixture.hpp"

namespace thidua::store {
namespace {

class Tables : public StoreTest {
  protected:
    Tables()
        : database_(*Database::open(location_, Access::ReadWrite)),
          tables_(make_version_tables(*database_)) {}

    /// Ids ascend with `number`.
    static DossierRow row(std::int64_t number) {
        DossierRow row;
        row.id = least_key + number * 32 + 1;
        row.version = 1;
        row.slice = 7;
        row.procedure = 3;
        row.unit = 4;
        row.channel = Channel::Online;
        row.status = 2;
        row.accepted_at = Instant{std::chrono::milliseconds{1'718'000'000'123}};
        row.due_at = Instant{std::chrono::milliseconds{-1}};
        row.fee_count = 1;
        row.fee_total = 9'000'000'000'000;
        row.payments = "1 2 - Lạng\n'Sơn' \\ ?";
        row.content = std::numeric_limits<std::int64_t>::min() + number;
        return row;
    }

    static std::vector<DossierRow> rows(std::int64_t count) {
        std::vector<DossierRow> made;
        for (std::int64_t number = 1; number <= count; ++number) {
            made.push_back(row(number));
        }
        return made;
    }

    static std::vector<std::int64_t> ids_of(const std::vector<DossierRow>& rows) {
        std::vector<std::int64_t> ids;
        for (const DossierRow& row : rows) {
            ids.push_back(row.id);
        }
        return ids;
    }

    void write(const VersionBatch& batch) {
        auto transaction = Transaction::begin(*database_);
        ASSERT_TRUE(transaction);
        const auto written = tables_->write(batch);
        ASSERT_TRUE(written) << written.error().message;
        ASSERT_TRUE(transaction->commit());
    }

    void add(const RollupChange& change) {
        auto transaction = Transaction::begin(*database_);
        ASSERT_TRUE(transaction);
        const auto added = tables_->add(change);
        ASSERT_TRUE(added) << added.error().message;
        ASSERT_TRUE(transaction->commit());
    }

    /// All integers that a query finds, row after row.
    std::vector<std::int64_t> numbers(std::string_view sql, int columns) {
        auto find = database_->prepare(sql);
        std::vector<std::int64_t> found;
        (*find)->bind();
        const auto read = (*find)->for_each_row([&](const Statement& row) {
            for (int column = 0; column < columns; ++column) {
                found.push_back(row.integer(column));
            }
        });
        EXPECT_TRUE(read) << read.error().message;
        return found;
    }

    RollupChange rollups() { return rollups_of(*database_); }

    std::unique_ptr<Database> database_;
    std::unique_ptr<VersionTables> tables_;
};

using Numbers = std::vector<std::int64_t>;

TEST_P(Tables, AreEmptyAtFirst) {
    EXPECT_EQ(tables_->largest_id(), 0);
    EXPECT_TRUE(tables_->look({})->empty());
    EXPECT_TRUE(tables_->read({})->empty());
    EXPECT_TRUE(tables_->facts({})->empty());
    EXPECT_TRUE(tables_->aliases({})->empty());
    const Numbers one{row(1).id};
    EXPECT_EQ(tables_->look(one)->at(0).has_value(), false);
    EXPECT_TRUE(tables_->read(one)->empty());
    write({});
    add({});
}

TEST_P(Tables, OneRowComesBackAsItWas) {
    VersionBatch batch;
    batch.opened = {row(1)};
    write(batch);
    EXPECT_EQ(tables_->largest_id(), row(1).id);
    const auto known = *tables_->look(Numbers{row(1).id});
    EXPECT_EQ(known.at(0)->content, row(1).content);
    EXPECT_EQ(known.at(0)->slice, 7);
    EXPECT_EQ(tables_->read(Numbers{row(1).id})->at(0), row(1));
}

TEST_P(Tables, ThousandsOfRowsComeBackInTheirOrder) {
    const auto all = rows(5'000);
    VersionBatch batch;
    batch.opened = all;
    write(batch);
    EXPECT_EQ(tables_->read(ids_of(all)), all);
    EXPECT_EQ(tables_->largest_id(), all.back().id);
    // Every second one, and as many that nobody knows.
    Numbers asked;
    for (const std::int64_t id : ids_of(all)) {
        asked.push_back(id);
        asked.push_back(id + 1);
    }
    const auto known = *tables_->look(asked);
    ASSERT_EQ(known.size(), 10'000U);
    for (std::size_t at = 0; at < known.size(); ++at) {
        ASSERT_EQ(known[at].has_value(), at % 2 == 0) << at;
    }
    EXPECT_EQ(known[9'998]->content, all.back().content);
}

TEST_P(Tables, ANewVersionTakesThePlaceOfTheOldOneWhichGoesToTheHistory) {
    VersionBatch first;
    first.opened = rows(5'000);
    write(first);
    DossierRow changed = row(2'500);
    changed.version = 2;
    changed.slice = 8;
    changed.status = 5;
    changed.accepted_at.reset();
    changed.payments.clear();
    VersionBatch second;
    second.opened = {changed, row(5'001)};
    second.closed = {{row(2'500), 8}};
    write(second);
    EXPECT_EQ(tables_->read(Numbers{changed.id})->at(0), changed);
    EXPECT_EQ(numbers("SELECT count(*) FROM dossier", 1), Numbers{5'001});
    EXPECT_EQ(
        numbers("SELECT id, version, slice, until_slice, status FROM dossier_history", 5),
        (Numbers{changed.id, 1, 7, 8, 2})
    );
}

TEST_P(Tables, WhatEndedIsGoneAndCanComeBack) {
    VersionBatch batch;
    batch.opened = rows(3);
    write(batch);
    VersionBatch end;
    end.closed = {{row(2), 9}};
    end.ended = {row(2).id};
    write(end);
    EXPECT_EQ(ids_of(*tables_->read(ids_of(rows(3)))), (Numbers{row(1).id, row(3).id}));
    EXPECT_EQ(tables_->look(Numbers{row(2).id})->at(0).has_value(), false);
    VersionBatch again;
    again.opened = {row(2)};
    again.opened[0].version = 2;
    write(again);
    EXPECT_EQ(tables_->read(ids_of(rows(3)))->size(), 3U);
}

TEST_P(Tables, ATransactionThatIsNotCommittedLeavesNothing) {
    VersionBatch batch;
    batch.opened = rows(10);
    batch.links = {{"r", row(1).id}};
    {
        auto transaction = Transaction::begin(*database_);
        ASSERT_TRUE(tables_->write(batch));
    }
    EXPECT_EQ(tables_->largest_id(), 0);
    EXPECT_EQ(numbers("SELECT count(*) FROM payment_link", 1), Numbers{0});
}

TEST_P(Tables, ALinkMayBeThereAlreadyAndMayBeGoneAlready) {
    VersionBatch batch;
    batch.links = {{"Ω 'r' 1", 5}, {"r2", 6}};
    write(batch);
    batch.links = {{"Ω 'r' 1", 5}, {"Ω 'r' 1", 7}};
    write(batch);
    EXPECT_EQ(numbers("SELECT dossier FROM payment_link ORDER BY 1", 1), (Numbers{5, 6, 7}));
    VersionBatch undo;
    undo.unlinked = {{"Ω 'r' 1", 5}, {"never there", 5}, {"r2", 7}};
    write(undo);
    EXPECT_EQ(numbers("SELECT dossier FROM payment_link ORDER BY 1", 1), (Numbers{6, 7}));
}

TEST_P(Tables, AliasesAreFoundByTheNumberThatWasGivenUp) {
    VersionBatch batch;
    batch.aliases = {{11, 22}, {33, 44}};
    write(batch);
    const auto found = *tables_->aliases(Numbers{10, 11, 12, 33, 99});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].stands_for, 22);
    EXPECT_EQ(found[1].number, 33);
    EXPECT_EQ(found[1].stands_for, 44);
}

TEST_P(Tables, FactsComeByReferenceInTheOrderOfBytes) {
    ASSERT_TRUE(database_->execute(
        "INSERT INTO payment (agency, reference, source, version, slice, state, settled_at, amount)"
        " VALUES (1, 'a', 2, 1, 1, 1, 5000, 1), (1, 'B', 2, 1, 1, 2, NULL, 1),"
        " (1, 'a', 3, 1, 1, 4, NULL, NULL), (1, 'c', 2, 1, 1, 1, 1, 1)"
    ));
    const std::vector<std::string> references{"B", "a", "b"};
    const auto found = *tables_->facts(references);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].reference, "B");
    EXPECT_EQ(found[0].settled_at, std::nullopt);
    EXPECT_EQ(found[1], (PaymentFact{"a", 2, PaymentState{1}, Instant{std::chrono::seconds{5}}}));
    EXPECT_EQ(found[2].source, 3);
}

TEST_P(Tables, RollupsAddUpAndARowThatComesToNothingGoes) {
    const DayKey monday{19'900, 1, 4, 3};
    const DayKey tuesday{19'901, 1, 4, 3};
    const PaidKey settled{monday, PaidBy::Dvcqg, 2, 19'905};
    const PaidKey by_flag{monday, PaidBy::FlagDvcqg, 0, 0};
    add({{{monday, {5, 3, 2}}, {tuesday, {1, 1, 1}}}, {{settled, 2}, {by_flag, 1}}});
    add({{{monday, {2, 0, 1}}}, {{settled, 3}}});
    EXPECT_EQ(
        rollups(),
        (RollupChange{{{monday, {7, 3, 3}}, {tuesday, {1, 1, 1}}}, {{settled, 5}, {by_flag, 1}}})
    );
    add({{{monday, {-1, -1, 0}}, {tuesday, {-1, -1, -1}}}, {{settled, -5}}});
    EXPECT_EQ(rollups(), (RollupChange{{{monday, {6, 2, 3}}}, {{by_flag, 1}}}));
    EXPECT_EQ(numbers("SELECT day, source, unit FROM rollup", 3), (Numbers{19'900, 1, 4}));
}

TEST_P(Tables, ARollupsProceduresKeepApart) {
    const DayKey first{19'900, 1, 4, 3};
    const DayKey second{19'900, 1, 4, 300};
    const PaidKey of_second{second, PaidBy::Province, 0, 19'901};
    add({{{second, {1, 1, 1}}}, {{of_second, 1}}});
    add({{{first, {2, 0, 1}}}, {}});
    EXPECT_EQ(
        rollups(), (RollupChange{{{first, {2, 0, 1}}, {second, {1, 1, 1}}}, {{of_second, 1}}})
    );
    EXPECT_EQ(numbers("SELECT count(*) FROM rollup", 1), Numbers{1});
    add({{{second, {-1, -1, -1}}}, {{of_second, -1}}});
    EXPECT_EQ(rollups(), (RollupChange{{{first, {2, 0, 1}}}, {}}));
}

TEST_P(Tables, NothingIsAddedToADamagedRollup) {
    add({{{{19'900, 1, 4, 3}, {5, 3, 2}}}, {}});
    ASSERT_TRUE(database_->execute(
        GetParam() == Dialect::Sqlite ? "UPDATE rollup SET counts = x'80'"
                                      : "UPDATE rollup SET counts = '\\x80'"
    ));
    auto transaction = Transaction::begin(*database_);
    const auto added = tables_->add({{{{19'900, 1, 4, 3}, {1, 1, 1}}}, {}});
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().kind, ErrorKind::Io);
    EXPECT_EQ(
        added.error().message,
        "rollup of day 19900, source 1, unit 4: damaged; restore the last backup"
    );
}

TEST_P(Tables, ThousandsOfSumsGoInOneStep) {
    RollupChange change;
    RollupChange back;
    for (std::int64_t day = 0; day < 5'000; ++day) {
        const DayKey key{day, 1, 2, 3};
        change.days.push_back({key, {2, 1, 1}});
        change.paid.push_back({{key, PaidBy::Province, 0, day}, 1});
        back.days.push_back({key, {-2, -1, -1}});
        back.paid.push_back({{key, PaidBy::Province, 0, day}, -1});
    }
    add(change);
    add(change);
    const RollupChange found = rollups();
    ASSERT_EQ(found.days.size(), 5'000U);
    ASSERT_EQ(found.paid.size(), 5'000U);
    EXPECT_EQ(found.days.back().second.received, 4);
    EXPECT_EQ(found.paid.back().second, 2);
    add(back);
    add(back);
    EXPECT_EQ(numbers("SELECT count(*) FROM rollup", 1), Numbers{0});
}

THIDUA_ON_EVERY_STORE(Tables);

}  // namespace
}  // namespace thidua::store
