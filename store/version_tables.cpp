// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/version_tables.hpp"

#include "store/postgres.hpp"
#include "store/postgres_version_tables.hpp"
#include "store/sqlite_version_tables.hpp"

namespace thidua::store {

std::unique_ptr<VersionTables> make_version_tables(Database& database) {
    if (database.dialect() == Dialect::Postgres) {
        return make_postgres_version_tables(static_cast<PostgresDatabase&>(database));
    }
    return make_sqlite_version_tables(database);
}

}  // namespace thidua::store
