// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The steps from schema 2 on, which add tables and columns and do no more than that. Private to
// store/.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "store/database.hpp"
#include "store/progress_sink.hpp"

namespace thidua::store {

// Each in one transaction, on SQLite and PostgreSQL. A store that does not agree with its witness
// still does not agree afterwards: the witness is told of the step only if it agreed before.

[[nodiscard]] Result<void> migrate_from_2(
    const Location& location, Instant now, const ProgressSink& told
);
[[nodiscard]] Result<void> migrate_from_3(
    const Location& location, Instant now, const ProgressSink& told
);

}  // namespace thidua::store
