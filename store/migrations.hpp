// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Brings a store that an older program wrote up to date: numbered steps forward, each in one
// transaction, after a backup. There is no way back but that backup. On PostgreSQL, where steps
// only add to what is there, the backup is the administrator's (pg_dump).
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "store/database.hpp"
#include "store/progress_sink.hpp"

#include <filesystem>
#include <string>

namespace thidua::store {

/// What a migration did.
struct Migrated {
    int from = 0;
    int to = 0;                    ///< the same as `from`: there was nothing to do
    std::filesystem::path backup;  ///< of the store as it was; empty on PostgreSQL, and if there
                                   ///< was nothing to do
};

/// Brings the store up to date; for who holds the writer's lock. No store, an empty one or one that
/// is up to date is left alone; so is one from a newer program, which Store::open() refuses. A
/// crash leaves the store as it was, or migrated, or between two steps, of which the next call does
/// the rest. Errors: Io; Usage for schema 1 on PostgreSQL, which was never there.
[[nodiscard]] Result<Migrated> migrate(
    const Location& location, Instant now, const ProgressSink& told
);

/// The steps alone, from schema `from` on: for a file that is a copy itself.
[[nodiscard]] Result<void> migrate_copy(
    const std::filesystem::path& path, int from, Instant now, const ProgressSink& told
);

}  // namespace thidua::store
