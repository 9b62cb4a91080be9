// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The step from schema 2 to schema 3, which only adds tables and a column. Private to store/.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "store/database.hpp"
#include "store/progress_sink.hpp"

namespace thidua::store {

/// All in one transaction, on SQLite and PostgreSQL. A store that does not agree with its witness
/// still does not agree afterwards: the witness is told of the step only if it agreed before.
[[nodiscard]] Result<void> migrate_from_2(
    const Location& location, Instant now, const ProgressSink& told
);

}  // namespace thidua::store
