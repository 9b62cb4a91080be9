// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.hpp"

#include "store/added_tables.hpp"
#include "store/backup.hpp"
#include "store/first_schema.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <array>
#include <system_error>

namespace thidua::store {
namespace {

/// Brings a store from one schema to the next, and sets its number, all or nothing.
using Step = Result<void> (*)(const Location& location, Instant now, const ProgressSink& told);

/// The first leads from schema 1 to 2.
constexpr std::array<Step, 3> steps{migrate_from_1, migrate_from_2, migrate_from_3};
static_assert(steps.size() + 1 == schema_version, "a step for every schema that was released");

/// Schema 1 was never on a server.
constexpr int oldest_on_postgres = 2;

/// What is to be done to the store; nothing if `to` is `from`.
Result<Migrated> look_at(Database& database, const Location& location) {
    const auto version = database.schema_version();
    if (!version) {
        return std::unexpected(version.error());
    }
    const bool is_older = *version > 0 && *version < schema_version;
    if (is_older && !location.url.empty() && *version < oldest_on_postgres) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "database {}: it has schema {}, which no thidua ever wrote to a server; use "
                "another database",
                location.shown(),
                *version
            )
        );
    }
    return Migrated{*version, is_older ? schema_version : *version, {}};
}

Result<void> keep_backup(Database& database, const Migrated& migrated) {
    const auto has_same_schema = [&](const std::filesystem::path& copy) -> Result<void> {
        auto opened = Database::open(copy, Access::ReadOnly);
        const auto copied =
            opened ? (*opened)->schema_version() : Result<int>(std::unexpected(opened.error()));
        if (!copied || *copied == migrated.from) {
            return copied ? Result<void>{} : std::unexpected(copied.error());
        }
        return fail(ErrorKind::Io, copy.string() + ": the copy has another schema; try again");
    };
    auto kept = copy_whole(database, migrated.backup, {}, has_same_schema);
    return kept ? kept : failed("backup before the migration", kept.error());
}

Result<void> run_steps(const Location& location, int from, Instant now, const ProgressSink& told) {
    for (int version = from; version < schema_version; ++version) {
        const Step step = steps.at(static_cast<std::size_t>(version) - 1);
        if (auto done = step(location, now, told); !done) {
            return failed(
                fmt::format(
                    "migrate {} from schema {} to {}", location.shown(), version, version + 1
                ),
                done.error()
            );
        }
    }
    return {};
}

}  // namespace

Result<Migrated> migrate(const Location& location, Instant now, const ProgressSink& told) {
    std::error_code code;
    if (location.url.empty() && !std::filesystem::exists(location.path, code)) {
        return Migrated{schema_version, schema_version, {}};
    }
    Result<Migrated> migrated;
    {
        const Access access = location.url.empty() ? Access::ReadWrite : Access::ReadOnly;
        auto database = Database::open(location, access);
        migrated = database ? look_at(**database, location) : std::unexpected(database.error());
        if (!migrated || migrated->from == migrated->to) {
            return migrated;
        }
        if (location.url.empty()) {
            migrated->backup =
                free_name(location.path, fmt::format("before-schema-{}", schema_version), now);
            if (auto kept = keep_backup(**database, *migrated); !kept) {
                return std::unexpected(kept.error());
            }
        }
    }
    auto done = run_steps(location, migrated->from, now, told);
    return done ? migrated : std::unexpected(done.error());
}

Result<void> migrate_copy(
    const std::filesystem::path& path, int from, Instant now, const ProgressSink& told
) {
    return run_steps(path, from, now, told);
}

}  // namespace thidua::store
