// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// All that a store knows of its sources, as text, so that a test can say "nothing changed" and
// mean it.
#pragma once

#include "store/database.hpp"
#include "store/rollup.hpp"

#include <string>
#include <vector>

namespace thidua::store {

/// Every row of every table but those of the ledger (ledger.hpp), one a line, in order.
/// Throws std::runtime_error if the store cannot be read.
[[nodiscard]] std::vector<std::string> dump(const Location& location);

/// What the rollups hold, unpacked, in the order of their keys. Throws std::runtime_error if they
/// cannot be read.
[[nodiscard]] RollupChange rollups_of(Database& database);

}  // namespace thidua::store
