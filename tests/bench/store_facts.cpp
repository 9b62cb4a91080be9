// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/store_facts.hpp"

#include "core/records.hpp"
#include "store/database.hpp"

#include <unistd.h>

#include <filesystem>

namespace thidua::bench {
namespace {

constexpr std::string_view totals_sql =
    "SELECT count(*), coalesce(sum(fee_total), 0), (SELECT count(*) FROM dossier_history)"
    " FROM dossier";

constexpr std::string_view scan_sql =
    "SELECT unit, count(*), sum(channel = ?), sum(fee_total) FROM dossier"
    " WHERE accepted_at BETWEEN ? AND ? AND status NOT IN (1, 3) GROUP BY unit ORDER BY unit";

}  // namespace

store::Location location_of(const std::string& where) {
    store::Location location;
    if (where.starts_with("postgresql:")) {
        location.url = where;
        // For the witness, of this process alone.
        location.path =
            std::filesystem::temp_directory_path() / ("thidua-bench-" + std::to_string(::getpid()));
    } else {
        location.path = where;
    }
    return location;
}

Result<StoreTotals> totals_of(const std::string& where) {
    const auto database = store::Database::open(location_of(where), store::Access::ReadOnly);
    if (!database) {
        return std::unexpected(database.error());
    }
    const auto find = (*database)->prepare(totals_sql);
    if (!find) {
        return std::unexpected(find.error());
    }
    store::Statement& row = **find;
    if (const auto found = row.step(); !found) {
        return std::unexpected(found.error());
    }
    return StoreTotals{row.integer(0), row.integer(1), row.integer(2)};
}

Result<std::vector<UnitTotal>> scan(const std::string& where, Day from, Day to) {
    const auto database = store::Database::open(location_of(where), store::Access::ReadOnly);
    if (!database) {
        return std::unexpected(database.error());
    }
    const auto find = (*database)->prepare(scan_sql);
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<UnitTotal> units;
    (*find)->bind(static_cast<int>(Channel::Online), first_instant(from), last_instant(to));
    const auto read = (*find)->for_each_row([&](const store::Statement& row) {
        units.push_back({row.integer(0), row.integer(1), row.integer(2), row.integer(3)});
    });
    if (!read) {
        return std::unexpected(read.error());
    }
    return units;
}

}  // namespace thidua::bench
