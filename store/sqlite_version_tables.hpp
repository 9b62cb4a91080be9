// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The version tables in SQLite, row by row through prepared statements. Private to store/.
#pragma once

#include "store/version_tables.hpp"

#include <memory>

namespace thidua::store {

[[nodiscard]] std::unique_ptr<VersionTables> make_sqlite_version_tables(Database& database);

}  // namespace thidua::store
