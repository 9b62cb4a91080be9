// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The step from schema 1 to schema 2. Schema 1 numbered dossiers as they came and kept all versions
// in one table; what it held is told to the new tables again, slice by slice. Private to store/.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "store/database.hpp"
#include "store/progress_sink.hpp"

namespace thidua::store {

/// All in one transaction. Every slice keeps its number, so every figure can be asked for as known
/// at any instant, as before.
///
/// Not kept, because schema 1 did not keep it: which of its codes a dossier had that was found to
/// be another one; until that moment it now has a code "replaced-NUMBER". Where the clock had been
/// set back, slices are taken for recorded when the latest before them was.
[[nodiscard]] Result<void> migrate_from_1(
    const Location& location, Instant now, const ProgressSink& told
);

}  // namespace thidua::store
