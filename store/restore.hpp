// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Puts a backup in the store's place, or goes on with a store that has lost what its witness saw.
// Both are recorded in the audit chain and begin a new epoch of the witness. For who holds the
// writer's lock.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "store/audit.hpp"
#include "store/database.hpp"
#include "store/progress_sink.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace thidua::store {

struct RestoreOrder {
    Location store;
    std::filesystem::path backup;
    std::string by;  ///< who wants it
    Instant now;
};

struct Restored {
    AuditHead head;                      ///< where the chain ended in what is used from now on
    std::optional<WitnessLine> witness;  ///< what had been seen before
    std::int64_t epoch = 0;              ///< the new one
    std::filesystem::path replaced;      ///< where the store lies that was there; empty if none
};

/// Checks the backup (integrity, schema, the whole audit chain), brings a copy of it up to date,
/// verifies that (Store::verify) and puts it in the store's place. The store that was there is
/// kept. A crash leaves the one or the other, whole. Errors: Io, and Usage for a store on
/// PostgreSQL; nothing was replaced then.
[[nodiscard]] Result<Restored> restore(const RestoreOrder& order, const ProgressSink& told);

/// Goes on with the store as it is. Errors: Usage if nothing is missing.
[[nodiscard]] Result<Restored> accept_loss(
    const Location& location, const std::string& by, Instant now
);

}  // namespace thidua::store
