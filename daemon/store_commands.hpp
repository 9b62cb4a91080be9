// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Commands on the store itself: its audit chain, backups, migrations. And what every session that
// writes does before and after it opens the store.
#pragma once

#include "config/settings.hpp"
#include "daemon/exit_code.hpp"
#include "daemon/options.hpp"
#include "store/store.hpp"

namespace thidua::daemon {

[[nodiscard]] ExitCode run_audit_verify(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_audit_list(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_restore(const Options& options, const config::Settings& settings);
[[nodiscard]] ExitCode run_db_migrate(const Options& options, const config::Settings& settings);

/// Brings an older store up to date, after a backup; says so in the log. For who has the writer's
/// lock, before the store is opened for writing.
[[nodiscard]] Result<void> bring_up_to_date(const store::Location& location, Instant now);

/// Puts the configuration on file, and that the witness was missing, if it was. Once the store is
/// open for writing and goes with the clock.
[[nodiscard]] Result<void> record_opening(
    store::Store& store, const config::Settings& settings, Instant now
);

}  // namespace thidua::daemon
