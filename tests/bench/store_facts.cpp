// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/store_facts.hpp"

#include "core/records.hpp"
#include "store/sqlite.hpp"

#include <fmt/format.h>

#include <type_traits>

namespace thidua::bench {
namespace {

// Templates, so that what a store does not have is not asked for.

template <class AnySlice>
void set_print_of(AnySlice& slice, std::uint64_t print) {
    if constexpr (requires { slice.print; }) {
        if constexpr (std::is_arithmetic_v<decltype(slice.print)>) {
            slice.print = static_cast<decltype(slice.print)>(print);
        } else {
            slice.print = fmt::format("{:016x}", print);
        }
    } else {
        slice.sha256 = fmt::format("{:016x}", print);
    }
}

template <class AnyStore, class AnySlice>
Result<std::optional<bool>> ask_print(
    AnyStore& store, std::string_view key, const AnySlice& slice
) {
    if constexpr (requires { store.has_print(records_source, key, slice.print); }) {
        const auto known = store.has_print(records_source, key, slice.print);
        if (!known) {
            return std::unexpected(known.error());
        }
        return std::optional<bool>(*known);
    } else {
        return std::optional<bool>{};
    }
}

constexpr std::string_view has_current_sql =
    "SELECT 1 FROM sqlite_schema WHERE name = 'dossier' AND sql LIKE '%fee_total%'";

constexpr std::string_view totals_sql =
    "SELECT count(*), coalesce(sum(fee_total), 0),"
    " (SELECT count(*) FROM dossier_version) FROM dossier";
constexpr std::string_view totals_of_versions_sql =
    "SELECT count(*), coalesce(sum(fee_total), 0),"
    " (SELECT count(*) FROM dossier_version WHERE known_until IS NOT NULL)"
    " FROM dossier_version WHERE known_until IS NULL";

constexpr std::string_view scan_sql =
    "SELECT unit, count(*), sum(channel = ?), sum(fee_total) FROM dossier"
    " WHERE accepted_at BETWEEN ? AND ? AND status NOT IN (1, 3) GROUP BY unit ORDER BY unit";
constexpr std::string_view scan_of_versions_sql =
    "SELECT unit_code, count(*), sum(channel = ?), sum(fee_total) FROM dossier_version"
    " WHERE accepted_at BETWEEN ? AND ? AND status NOT IN (1, 3) AND known_until IS NULL"
    " GROUP BY unit_code ORDER BY unit_code";

/// Whether current dossiers have a table of their own.
Result<bool> has_current_table(store::Database& database) {
    auto find = database.prepare(has_current_sql);
    return find ? find->step() : std::unexpected(find.error());
}

}  // namespace

void set_print(Slice& slice, std::uint64_t print) {
    set_print_of(slice, print);
}

Result<std::optional<bool>> has_print(
    store::Store& store, std::string_view key, std::uint64_t print
) {
    Slice slice;
    set_print(slice, print);
    return ask_print(store, key, slice);
}

Result<StoreTotals> totals_of(const std::filesystem::path& file) {
    auto database = store::Database::open(file, store::Access::ReadOnly);
    if (!database) {
        return std::unexpected(database.error());
    }
    const auto has_current = has_current_table(*database);
    if (!has_current) {
        return std::unexpected(has_current.error());
    }
    auto find = database->prepare(*has_current ? totals_sql : totals_of_versions_sql);
    if (!find) {
        return std::unexpected(find.error());
    }
    if (const auto row = find->step(); !row) {
        return std::unexpected(row.error());
    }
    return StoreTotals{find->integer(0), find->integer(1), find->integer(2)};
}

Result<std::vector<UnitTotal>> scan(const std::filesystem::path& file, Day from, Day to) {
    auto database = store::Database::open(file, store::Access::ReadOnly);
    if (!database) {
        return std::unexpected(database.error());
    }
    const auto has_current = has_current_table(*database);
    if (!has_current) {
        return std::unexpected(has_current.error());
    }
    auto find = database->prepare(*has_current ? scan_sql : scan_of_versions_sql);
    if (!find) {
        return std::unexpected(find.error());
    }
    std::vector<UnitTotal> units;
    find->bind(static_cast<int>(Channel::Online), first_instant(from), last_instant(to));
    const auto read = find->for_each_row([&](const store::Statement& row) {
        units.push_back({row.text(0), row.integer(1), row.integer(2), row.integer(3)});
    });
    if (!read) {
        return std::unexpected(read.error());
    }
    return units;
}

}  // namespace thidua::bench
