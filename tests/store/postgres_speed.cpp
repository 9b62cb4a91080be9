// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// How fast a first load goes into PostgreSQL, against a plain COPY of the same rows into a table
// without a key. Prints seconds and ratios; not a test, since a shared machine decides nothing.
//
//     ninja -C build/release thidua_postgres_speed
//     build/release/tests/store/thidua_postgres_speed [records [rounds]]
#include "store/dossier_key.hpp"
#include "store/postgres.hpp"
#include "store/postgres_row.hpp"
#include "store/store.hpp"
#include "store/version_tables.hpp"
#include "tests/support/postgres_peer.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <map>
#include <stdexcept>

namespace thidua::store {
namespace {

constexpr int batch_size = 5'000;
constexpr int a_day = 2'500;

template <class T>
T must(Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().message);
    }
    if constexpr (!std::is_void_v<T>) {
        return *std::move(result);
    }
}

/// Each procedure is done by three units.
int unit_of(int number) {
    return (number % 97 * 7 + number % 3) % 23;
}

DossierRecord record(int number) {
    const Day day = Day{std::chrono::days{19'800 + number / a_day}};
    const std::chrono::year_month_day date{day};
    DossierRecord made;
    made.code = fmt::format(
        "H37.{:02}-{:02}{:02}{:02}-{:04}",
        10 + number % 20,
        static_cast<int>(date.year()) % 100,
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        number % a_day
    );
    made.procedure_code = fmt::format("1.{:06}", number % 97);
    made.unit_code = fmt::format("H37.10.{:02}", unit_of(number));
    made.channel = number % 3 == 0 ? Channel::Online : Channel::Direct;
    made.status = 2;
    made.applied_at =
        Instant{std::chrono::seconds{day.time_since_epoch() / std::chrono::seconds{1} + 7'200}};
    made.accepted_at = *made.applied_at + std::chrono::minutes{number % 300};
    made.due_at = *made.accepted_at + std::chrono::days{10};
    made.fee_count = 1;
    made.fee_total = 450'000;
    if (number % 2 == 0) {
        made.payments.push_back(
            {fmt::format("P{:012}", number), Gateway::Dvcqg, PaymentState::Pending, std::nullopt}
        );
    }
    return made;
}

/// The same facts as rows of the tables.
DossierRow row(int number) {
    const DossierRecord from = record(number);
    DossierRow made;
    made.id = stream_of(pack_number(*parse_code(from.code), 1 + number % 20), 1);
    made.version = 1;
    made.slice = 1 + number / batch_size;
    made.procedure = number % 97;
    made.unit = unit_of(number);
    made.channel = from.channel;
    made.status = from.status;
    made.applied_at = from.applied_at;
    made.accepted_at = from.accepted_at;
    made.due_at = from.due_at;
    made.fee_count = from.fee_count;
    made.fee_total = from.fee_total;
    made.payments = pack_payments(from.payments);
    made.content = content_of(made);
    return made;
}

struct Batch {
    std::vector<DossierRow> rows;
    std::vector<PaymentLink> links;
    RollupChange rollups;
    Slice slice;
};

std::vector<Batch> make_batches(int records) {
    std::vector<Batch> batches;
    for (int first = 0; first < records; first += batch_size) {
        Batch& batch = batches.emplace_back();
        batch.slice.key = std::to_string(first);
        for (int number = first; number < std::min(records, first + batch_size); ++number) {
            batch.slice.dossiers.push_back(record(number));
            batch.rows.push_back(row(number));
            const DossierRow& made = batch.rows.back();
            if (!made.payments.empty()) {
                batch.links.push_back({fmt::format("P{:012}", number), made.id});
            }
            add(batch.rollups, contribution(made, {}), 1);
        }
        std::ranges::sort(batch.rows, {}, &DossierRow::id);
        settle(batch.rollups);
    }
    return batches;
}

using Batches = std::vector<Batch>;

std::unique_ptr<Database> fresh(const Location& location) {
    must(Store::open(location, Access::ReadWrite));
    return must(Database::open(location, Access::ReadWrite));
}

const std::string columns =
    "(agency, id, version, slice, procedure, unit, channel, status, applied_at, accepted_at,"
    " due_at, finished_at, fee_count, fee_total, paid_flag, payments, content)";

CopyRows copied(const Batch& batch) {
    CopyRows rows(row_fields + 1);
    for (const DossierRow& row : batch.rows) {
        add_row(rows, row);
    }
    return rows;
}

void plain_copy(const Location& location, const Batches& batches) {
    const auto database = fresh(location);
    auto& postgres = static_cast<PostgresDatabase&>(*database);
    must(postgres.execute("CREATE TABLE plain AS SELECT * FROM dossier"));
    for (const Batch& batch : batches) {
        auto transaction = must(Transaction::begin(postgres));
        auto rows = copied(batch);
        must(
            postgres.copy_in("COPY plain " + columns + " FROM STDIN (FORMAT binary)", rows.finish())
        );
        must(transaction.commit());
    }
}

/// What comes instead of a COPY straight into the table.
void staged(const Location& location, const Batches& batches) {
    const auto database = fresh(location);
    auto& postgres = static_cast<PostgresDatabase&>(*database);
    must(postgres.execute("CREATE TEMPORARY TABLE staged (LIKE dossier) ON COMMIT DELETE ROWS"));
    for (const Batch& batch : batches) {
        auto transaction = must(Transaction::begin(postgres));
        auto rows = copied(batch);
        must(postgres.copy_in(
            "COPY staged " + columns + " FROM STDIN (FORMAT binary)", rows.finish()
        ));
        must(postgres.execute(
            "INSERT INTO dossier SELECT * FROM staged ON CONFLICT (agency, id) DO UPDATE SET"
            " version = excluded.version, slice = excluded.slice, content = excluded.content"
        ));
        must(transaction.commit());
    }
}

void straight(const Location& location, const Batches& batches) {
    const auto database = fresh(location);
    const auto tables = make_version_tables(*database);
    for (const Batch& batch : batches) {
        auto transaction = must(Transaction::begin(*database));
        VersionBatch rows;
        rows.opened = batch.rows;
        must(tables->write(rows));
        must(transaction.commit());
    }
}

void with_rollups(const Location& location, const Batches& batches) {
    const auto database = fresh(location);
    const auto tables = make_version_tables(*database);
    for (const Batch& batch : batches) {
        auto transaction = must(Transaction::begin(*database));
        VersionBatch rows;
        rows.opened = batch.rows;
        must(tables->write(rows));
        must(tables->add(batch.rollups));
        must(transaction.commit());
    }
}

void tables_whole(const Location& location, const Batches& batches) {
    const auto database = fresh(location);
    const auto tables = make_version_tables(*database);
    for (const Batch& batch : batches) {
        auto transaction = must(Transaction::begin(*database));
        VersionBatch rows;
        rows.opened = batch.rows;
        rows.links = batch.links;
        must(tables->write(rows));
        must(tables->add(batch.rollups));
        must(transaction.commit());
    }
}

void links(const Location& location, const Batches& batches) {
    const auto database = fresh(location);
    const auto tables = make_version_tables(*database);
    for (const Batch& batch : batches) {
        auto transaction = must(Transaction::begin(*database));
        VersionBatch rows;
        rows.links = batch.links;
        must(tables->write(rows));
        must(transaction.commit());
    }
}

/// What comes instead of looking and copying.
void links_on_conflict(const Location& location, const Batches& batches) {
    const auto database = fresh(location);
    auto& postgres = static_cast<PostgresDatabase&>(*database);
    for (const Batch& batch : batches) {
        auto transaction = must(Transaction::begin(postgres));
        std::array values{
            PostgresArray(PostgresArray::Of::Texts), PostgresArray(PostgresArray::Of::Integers)};
        for (const PaymentLink& link : batch.links) {
            values[0].add(link.reference);
            values[1].add(link.dossier);
        }
        must(postgres.run_with(
            "INSERT INTO payment_link SELECT 1, * FROM unnest($1, $2) ON CONFLICT DO NOTHING",
            values
        ));
        must(transaction.commit());
    }
}

void publish(const Location& location, const Batches& batches) {
    auto store = must(Store::open(location, Access::ReadWrite));
    PullRun run{"tthc", Instant{std::chrono::seconds{1'720'000'000}}};
    const Expect expect;
    for (const Batch& batch : batches) {
        must(store.publish(run, {batch.slice, run.started_at, expect, {}}));
    }
    must(store.finish_pull(run, {run.started_at, std::nullopt}));
}

int run(int records, int rounds) {
    test::PostgresPeer peer(test::PostgresPeer::Sync::Safe);
    const test::TemporaryFolder folder;
    const Batches batches = make_batches(records);
    using Way = void (*)(const Location&, const Batches&);
    const std::vector<std::pair<const char*, Way>> ways{
        {"COPY into a table without a key", plain_copy},
        {"dossier: COPY straight", straight},
        {"dossier: staging and merge", staged},
        {"version tables: rows, rollups", with_rollups},
        {"version tables: rows, rollups, links", tables_whole},
        {"links: look, then COPY", links},
        {"links: ON CONFLICT", links_on_conflict},
        {"Store::publish", publish},
        {"Store::publish, SQLite", publish}};
    std::map<const char*, std::vector<double>> seconds;
    for (int round = 0; round < rounds; ++round) {
        for (const auto& [name, way] : ways) {
            Location location(folder.path() / fmt::format("{}.db", round));
            if (!std::string_view(name).ends_with("SQLite")) {
                location.url = peer.fresh_url();
            }
            const auto start = std::chrono::steady_clock::now();
            way(location, batches);
            const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
            seconds[name].push_back(took.count());
            if (!location.url.empty()) {
                peer.execute(
                    "DROP SCHEMA " + location.url.substr(location.url.rfind('D') + 1) +
                    " CASCADE; CHECKPOINT"
                );
            }
        }
    }
    double bound = 0;
    double bound_least = 0;
    for (const auto& [name, way] : ways) {
        auto& all = seconds[name];
        std::ranges::sort(all);
        const double median = all[all.size() / 2];
        bound = bound == 0 ? median : bound;
        bound_least = bound_least == 0 ? all.front() : bound_least;
        fmt::print(
            "{:37} {:6.2f} s (least {:.2f}) {:6.2f} us a record, {:.2f} (of the least {:.2f}) of "
            "the COPY's speed\n",
            name,
            median,
            all.front(),
            median * 1e6 / records,
            bound / median,
            bound_least / all.front()
        );
    }
    return 0;
}

}  // namespace
}  // namespace thidua::store

int main(int count, char** arguments) {
    return thidua::store::run(
        count > 1 ? std::atoi(arguments[1]) : 200'000, count > 2 ? std::atoi(arguments[2]) : 3
    );
}
