// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/version_tables.hpp"

#include "store/postgres.hpp"
#include "store/postgres_version_tables.hpp"
#include "store/sqlite_version_tables.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace thidua::store {
namespace {

/// The rows that a settled change touches, ascending.
std::vector<RollupKey> rows_touched(const RollupChange& change) {
    std::vector<RollupKey> days;
    for (const auto& [key, counts] : change.days) {
        if (days.empty() || days.back() != row_of(key)) {
            days.push_back(row_of(key));
        }
    }
    std::vector<RollupKey> paid;
    for (const auto& [key, dossiers] : change.paid) {
        if (paid.empty() || paid.back() != row_of(key.received)) {
            paid.push_back(row_of(key.received));
        }
    }
    std::vector<RollupKey> touched;
    std::ranges::set_union(days, paid, std::back_inserter(touched));
    return touched;
}

/// Both as one settled change; both are settled.
RollupChange sum_of(const RollupChange& one, const RollupChange& other) {
    RollupChange sum;
    sum.days.reserve(one.days.size() + other.days.size());
    std::ranges::merge(
        one.days,
        other.days,
        std::back_inserter(sum.days),
        {},
        &decltype(sum.days)::value_type::first,
        &decltype(sum.days)::value_type::first
    );
    std::ranges::merge(
        one.paid,
        other.paid,
        std::back_inserter(sum.paid),
        {},
        &decltype(sum.paid)::value_type::first,
        &decltype(sum.paid)::value_type::first
    );
    settle(sum);
    return sum;
}

}  // namespace

Result<void> VersionTables::add(RollupChange change) {
    settle(change);
    const auto there = read_rollups(rows_touched(change));
    if (!there) {
        return std::unexpected(there.error());
    }
    RollupChange known;
    for (const RollupRow& row : *there) {
        if (auto added = unpack(row, known); !added) {
            return added;
        }
    }
    change = sum_of(change, known);
    RollupBatch batch;
    batch.rows = pack(change);
    for (const RollupRow& row : *there) {
        const bool goes_on = std::ranges::binary_search(batch.rows, row.key, {}, &RollupRow::key);
        (goes_on ? batch.replaced : batch.ended).push_back(row.key);
    }
    return write_rollups(batch);
}

std::unique_ptr<VersionTables> make_version_tables(Database& database) {
    if (database.dialect() == Dialect::Postgres) {
        return make_postgres_version_tables(static_cast<PostgresDatabase&>(database));
    }
    return make_sqlite_version_tables(database);
}

}  // namespace thidua::store
