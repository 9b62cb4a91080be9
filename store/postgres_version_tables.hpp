// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The version tables in PostgreSQL, a batch at a time: rows go over by COPY, keys and sums as
// arrays (docs/decisions/0009). Private to store/.
#pragma once

#include "store/version_tables.hpp"

#include <memory>

namespace thidua::store {

class PostgresDatabase;

[[nodiscard]] std::unique_ptr<VersionTables> make_postgres_version_tables(PostgresDatabase& database
);

}  // namespace thidua::store
