// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/version_tables.hpp"

#include "store/sqlite_version_tables.hpp"

namespace thidua::store {

std::unique_ptr<VersionTables> make_version_tables(Database& database) {
    return make_sqlite_version_tables(database);
}

}  // namespace thidua::store
