// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Stores that the programs of schema 1, 2 and 3 left behind, and every figure they counted from it.
#include "store/migrations.hpp"

#include "core/file.hpp"
#include "core/hash.hpp"
#include "store/restore.hpp"
#include "store/schema.hpp"
#include "store/witness.hpp"
#include "tests/store/dump.hpp"
#include "tests/store/store_fixture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <tuple>

namespace thidua::store {
namespace {

const std::string today = "2024-10-18T16:00:00+07:00";

std::string fixture(const std::string& name) {
    return *read_file(std::filesystem::path(THIDUA_TESTS_DIR) / "store/fixtures" / name, 1'000'000);
}

class Migrations : public StoreTest {
  protected:
    Migrations() { make_old(path()); }

    std::filesystem::path path() const { return folder_.path() / "old.db"; }

    static void make_old(
        const std::filesystem::path& path, const std::string& name = "schema-1.sql"
    ) {
        auto database = Database::open(path, Access::ReadWrite);
        const auto made = (*database)->execute(fixture(name));
        EXPECT_TRUE(made) << made.error().message;
    }

    void migrate_and_open() {
        const auto migrated = migrate(path(), at(today), {});
        ASSERT_TRUE(migrated) << migrated.error().message;
        EXPECT_EQ(migrated->from, 1);
        EXPECT_EQ(migrated->to, schema_version);
        EXPECT_EQ(migrated->backup.filename(), "old.db.before-schema-4-20241018T090000Z");
        auto opened = Store::open(path(), Access::ReadWrite);
        ASSERT_TRUE(opened) << opened.error().message;
        store_ = *std::move(opened);
    }

    /// A line of schema-1.tallies: known at, last day, way of counting payments (0 platform, 1
    /// province, 2 both, 3 flag), then the sums and a hash over every tally.
    std::string count(const std::string& known_at, const std::string& to, int way) {
        TallyQuery query;
        query.system_of_record = "tthc";
        query.payment_record = "platform";
        query.from = *parse_day("2024-06-07");
        query.to = *parse_day(to);
        query.known_at = at(known_at);
        query.dvcqg_gateway = way != 1;
        query.province_gateway = way != 0;
        query.evidence = way == 3 ? PaymentEvidence::Flag : PaymentEvidence::Platform;
        auto tallies = *store_.tally(query);
        std::ranges::sort(tallies, {}, [](const Tally& tally) {
            return std::tuple(tally.day, tally.unit_code, tally.procedure_code);
        });
        std::string rows;
        Tally sum;
        for (const Tally& tally : tallies) {
            rows += fmt::format(
                "{} {} {} {} {} {} {}\n",
                thidua::to_text(tally.day),
                tally.unit_code,
                tally.procedure_code,
                tally.received,
                tally.online,
                tally.owing,
                tally.paid
            );
            sum.received += tally.received;
            sum.online += tally.online;
            sum.owing += tally.owing;
            sum.paid += tally.paid;
        }
        return fmt::format(
            "{} {} {} {} {} {} {} {}",
            known_at,
            to,
            way,
            sum.received,
            sum.online,
            sum.owing,
            sum.paid,
            sha256_hex(rows).substr(0, 16)
        );
    }

    void expect_figures_of_old_program() {
        std::istringstream lines(fixture("schema-1.tallies"));
        int compared = 0;
        for (std::string line; std::getline(lines, line); ++compared) {
            std::istringstream words(line);
            std::string known_at;
            std::string to;
            int way = 0;
            words >> known_at >> to >> way;
            EXPECT_EQ(count(known_at, to, way), line);
        }
        EXPECT_EQ(compared, 144);
    }

    std::int64_t number(const std::string& sql) { return number_in(path(), sql); }
    static std::int64_t number_in(const Location& location, const std::string& sql) {
        auto database = Database::open(location, Access::ReadOnly);
        auto find = (*database)->prepare(sql);
        return (*find)->first_row([](const Statement& row) { return row.integer(0); }
        )->value_or(-1);
    }
};

TEST_P(Migrations, EveryFigureIsAsTheOldProgramCountedIt) {
    migrate_and_open();
    expect_figures_of_old_program();
}

TEST_P(Migrations, RollupsEqualTheVersions) {
    migrate_and_open();
    const auto found = *store_.verify({});
    EXPECT_EQ(found.problems, 0) << found.first_problems.front();
    EXPECT_GT(found.rollup_rows, 0);
}

TEST_P(Migrations, NothingElseIsLost) {
    const std::int64_t versions = number("SELECT count(*) FROM dossier_version");
    const std::int64_t payments = number("SELECT count(*) FROM payment_version");
    migrate_and_open();
    EXPECT_EQ(
        number("SELECT (SELECT count(*) FROM dossier) + (SELECT count(*) FROM dossier_history)"),
        versions
    );
    EXPECT_EQ(
        number("SELECT (SELECT count(*) FROM payment) + (SELECT count(*) FROM payment_history)"),
        payments
    );
    EXPECT_EQ(number("SELECT count(*) FROM slice"), 10);
    EXPECT_EQ(number("SELECT count(*) FROM statistic"), 3);
    EXPECT_EQ(number("SELECT count(*) FROM look_up WHERE next_at IS NULL"), 2);
    EXPECT_EQ(number("SELECT count(*) FROM slot"), 3);
    EXPECT_EQ(number("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'old%'"), 0);
    EXPECT_EQ(store_.find_edition("weekly/2024-W25/all/1")->value().subject, "Tuần 25: chưa đạt");
    EXPECT_EQ(store_.deliveries("weekly/2024-W25/all/1")->at(1).state, "refused");
    EXPECT_EQ(store_.pulls()->at(0).state, "running");
    EXPECT_EQ(store_.close_interrupted(at(today)), 1);
}

TEST_P(Migrations, ItsChainBeginsWithWhatWasThere) {
    migrate_and_open();
    const auto entries = *store_.audit_entries(0, 10);
    ASSERT_EQ(entries.size(), 6U);
    EXPECT_EQ(
        entries[0].note, (AuditNote{"migrated", "schema", "from=1 to=2 slices=10 editions=1"})
    );
    EXPECT_EQ(entries[1].note.subject, "weekly/2024-W25/all/1");
    EXPECT_EQ(entries[3].note.kind, "delivery");
    EXPECT_EQ(entries[4].note, (AuditNote{"migrated", "schema", "from=2 to=3"}));
    EXPECT_EQ(entries[5].note, (AuditNote{"migrated", "schema", "from=3 to=4"}));
    const auto report = *store_.audit_verify();
    EXPECT_TRUE(report.faults.empty()) << report.faults.front().problem;
    EXPECT_EQ(report.witness->height, 6);
}

TEST_P(Migrations, OldDossiersAreKnownUnderAllTheirCodes) {
    migrate_and_open();
    const std::string known_at = "2024-10-18T17:00:00+07:00";
    const std::int64_t received = totals(known_at).received;
    // Under its second code, under the code of the dossier it replaced, and one that is new.
    expect_.max_drop = Share{1, 1};
    auto recoded = dossier("G01.5-240611-0001");
    auto replaced = dossier("H37.10-240613-0006");
    ASSERT_TRUE(publish_dossiers({recoded, replaced, dossier("H37.10-240610-7777")}, known_at));
    EXPECT_EQ(totals(known_at).received, received + 1);
    expect_figures_of_old_program();
}

TEST_P(Migrations, ReadersAndWritersSayWhatToDo) {
    for (const Access access : {Access::ReadOnly, Access::ReadWrite}) {
        const auto refused = Store::open(path(), access);
        ASSERT_FALSE(refused);
        EXPECT_NE(refused.error().message.find("thidua db migrate"), std::string::npos);
    }
}

TEST_P(Migrations, HasNothingToDoTwiceOrWithoutAStore) {
    migrate_and_open();
    const auto again = migrate(path(), at(today), {});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->from, again->to);
    EXPECT_TRUE(again->backup.empty());
    EXPECT_TRUE(migrate(folder_.path() / "none.db", at(today), {}));
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "none.db"));
}

TEST_P(Migrations, AFailureLeavesTheStoreAsItWas) {
    auto database = Database::open(path(), Access::ReadWrite);
    ASSERT_TRUE((*database)->execute("DELETE FROM dossier_code WHERE dossier = 5"));
    const auto refused = migrate(path(), at(today), {});
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("dossier 5 has no code"), std::string::npos);
    EXPECT_EQ(number("PRAGMA user_version"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM dossier_version"), 47);
}

TEST_P(Migrations, AnOldBackupIsRestoredAndBroughtUpToDate) {
    const auto live = folder_.path() / "thidua.db";
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, today));
    const auto restored = restore({live, path(), "An", at(today)}, {});
    ASSERT_TRUE(restored) << restored.error().message;
    store_ = open();
    expect_figures_of_old_program();
    EXPECT_EQ(store_.audit_entries(6, 10)->at(0).note.kind, "restored");
    EXPECT_TRUE(store_.audit_verify()->faults.empty());
    EXPECT_EQ(number("PRAGMA user_version"), 1);  // the backup itself stays as it is
}

THIDUA_ON_FILES(Migrations);

/// The same for schema 2, which had a chain and a witness.
class MigrationsFrom2 : public Migrations {
  protected:
    MigrationsFrom2() {
        std::filesystem::remove(path());
        make_old(path(), "schema-2.sql");
    }

    void bear_witness(std::int64_t height) {
        const Location location(path());
        auto database = Database::open(path(), Access::ReadOnly);
        auto find = (*database)->prepare("SELECT hash, at FROM audit WHERE number = ?");
        const auto line =
            (*find)->bind(std::min<std::int64_t>(height, 9)).first_row([&](const Statement& row) {
                return WitnessLine{1, height, row.text(0), *row.instant_or_null(1)};
            });
        ASSERT_TRUE(Witness(path()).append(**line, Witness::Sync::No));
    }
};

TEST_P(MigrationsFrom2, EverythingIsAsItWasAndTheChainGoesOn) {
    bear_witness(9);
    const auto migrated = migrate(path(), at(today), {});
    ASSERT_TRUE(migrated) << migrated.error().message;
    EXPECT_EQ(migrated->from, 2);
    EXPECT_EQ(migrated->to, schema_version);
    store_ = open(path());
    expect_figures_of_old_program();
    EXPECT_EQ(store_.pulls()->at(0).kind, "pull");
    EXPECT_EQ(store_.pulls()->at(0).error, "401");
    EXPECT_TRUE(*store_.has_print("tthc", "2024-10-11/2024-10-24", 7));
    EXPECT_EQ(store_.verify([](auto, auto) {})->problems, 0);
    const auto report = *store_.audit_verify();
    EXPECT_TRUE(report.faults.empty()) << report.faults.front().problem;
    EXPECT_EQ(report.head.number, 11);
    EXPECT_EQ(report.witness->height, 11);
}

TEST_P(MigrationsFrom2, ItsTablesAreThoseOfANewStore) {
    ASSERT_TRUE(migrate(path(), at(today), {}));
    const auto tables = [](const Location& location) {
        auto database = Database::open(location, Access::ReadOnly);
        auto find = (*database)->prepare(
            "SELECT m.name || ': ' || p.name || ' ' || p.type || ' ' || p.\"notnull\" || p.pk FROM"
            " sqlite_schema m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' ORDER BY 1"
        );
        std::vector<std::string> lines;
        EXPECT_TRUE((*find)->for_each_row([&](const Statement& row) {
            lines.push_back(row.text(0));
        }));
        return lines;
    };
    EXPECT_EQ(tables(path()), tables(location_));
}

TEST_P(MigrationsFrom2, ALossIsStillSeenAfterwards) {
    bear_witness(12);
    ASSERT_TRUE(migrate(path(), at(today), {}));
    const auto refused = Store::open(path(), Access::ReadWrite);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("saw entry 12"), std::string::npos);
    ASSERT_TRUE(accept_loss(path(), "An", at(today)));
    EXPECT_TRUE(Store::open(path(), Access::ReadWrite));
}

TEST_P(MigrationsFrom2, AMissingWitnessIsStillMissedAfterwards) {
    ASSERT_TRUE(migrate(path(), at(today), {}));
    EXPECT_TRUE(open(path()).is_witness_missing());
}

TEST_P(MigrationsFrom2, ABackupIsVerifiedOnItsWayBack) {
    const auto live = folder_.path() / "thidua.db";
    const auto restored = restore({live, path(), "An", at(today)}, {});
    ASSERT_TRUE(restored) << restored.error().message;
    store_ = open(live);
    expect_figures_of_old_program();
    auto database = Database::open(path(), Access::ReadWrite);
    ASSERT_TRUE((*database)->execute("UPDATE pull SET state = 'failed' WHERE id = 12"));
    const auto refused = restore({live, path(), "An", at(today)}, {});
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("audit chain is broken"), std::string::npos);
}

THIDUA_ON_FILES(MigrationsFrom2);

/// And for schema 3, whose slots were those that had ended.
class MigrationsFrom3 : public Migrations {
  protected:
    MigrationsFrom3() {
        std::filesystem::remove(path());
        make_old(path(), "schema-3.sql");
    }
};

TEST_P(MigrationsFrom3, SlotsThatEndedAreThoseThatEnded) {
    const auto migrated = migrate(path(), at(today), {});
    ASSERT_TRUE(migrated) << migrated.error().message;
    EXPECT_EQ(migrated->from, 3);
    store_ = open(path());
    expect_figures_of_old_program();
    EXPECT_EQ(number("SELECT count(*) FROM slot WHERE finished_at = started_at"), 3);
    EXPECT_EQ(number("SELECT count(*) FROM slot WHERE state = 'skipped'"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM sqlite_schema WHERE name = 'ended_slot'"), 0);
    const auto report = *store_.audit_verify();
    EXPECT_TRUE(report.faults.empty()) << report.faults.front().problem;
    EXPECT_EQ(report.head.number, 11);
}

THIDUA_ON_FILES(MigrationsFrom3);

/// On a server there is no file to keep a store of schema 2 in: one of today is taken back to it.
class MigrationsOnAServer : public StoreTest {};

TEST_P(MigrationsOnAServer, BringSchema2UpToDate) {
    location_ = fresh_location();
    location_.url = test::PostgresPeer::shared().fresh_url();
    store_ = open(location_);
    ASSERT_TRUE(publish_dossiers({dossier("A-240610-0001")}, today));
    const auto before = dump(location_);
    {
        auto database = *Database::open(location_, Access::ReadWrite);
        ASSERT_TRUE(database->execute(
            "ALTER TABLE pull DROP COLUMN kind; DROP TABLE capture; DROP TABLE quarantine;"
            "DROP TABLE field_shape; DROP TABLE unit_alias; DROP TABLE backfill;"
            "DROP TABLE procedure_version; DROP TABLE decision;"
            "DROP TABLE evidence; DROP TABLE evidence_ruling; DROP TABLE procedure_review;"
            "DROP TABLE nomination_receipt; DROP TABLE alert_day; DROP TABLE alert_change;"
            "DROP TABLE alert_step; DROP TABLE silence; DROP TABLE silence_end;"
            "DROP TABLE urging;"
            "ALTER TABLE edition DROP COLUMN job;"
            "ALTER TABLE edition DROP COLUMN scheduled_at;"
            "ALTER TABLE delivery DROP COLUMN light_message_id;"
            "ALTER TABLE delivery DROP COLUMN light_sha256;"
            "ALTER TABLE delivery DROP COLUMN is_light; DROP TABLE slot; DROP TABLE notice;"
            "DROP TABLE upload;"
            "CREATE TABLE slot (agency BIGINT NOT NULL, job TEXT COLLATE \"C\" NOT NULL,"
            " scheduled_at BIGINT NOT NULL, state TEXT COLLATE \"C\" NOT NULL,"
            " finished_at BIGINT NOT NULL, reason TEXT COLLATE \"C\" NOT NULL,"
            " PRIMARY KEY (agency, job, scheduled_at))"
        ));
        ASSERT_TRUE(database->set_schema_version(2));
    }
    EXPECT_FALSE(Store::open(location_, Access::ReadOnly));
    const auto migrated = migrate(location_, at(today), {});
    ASSERT_TRUE(migrated) << migrated.error().message;
    EXPECT_EQ(migrated->from, 2);
    EXPECT_EQ(migrated->to, schema_version);
    EXPECT_TRUE(migrated->backup.empty());
    EXPECT_EQ(dump(location_), before);
    EXPECT_EQ(migrate(location_, at(today), {})->from, schema_version);
    store_ = open(location_);
    EXPECT_EQ(totals(today).received, 1);
    const auto report = *store_.audit_verify();
    EXPECT_TRUE(report.faults.empty()) << report.faults.front().problem;
    EXPECT_EQ(report.witness->height, report.head.number);
}

INSTANTIATE_TEST_SUITE_P(
    Store, MigrationsOnAServer, testing::Values(Dialect::Postgres), dialect_name
);

}  // namespace
}  // namespace thidua::store
