// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/database.hpp"

#include "store/postgres.hpp"
#include "store/sqlite.hpp"

namespace thidua::store {

Result<std::unique_ptr<Database>> Database::open(const Location& location, Access access) {
    return location.url.empty() ? open_sqlite(location.path, access)
                                : open_postgres(location, access);
}

Result<Transaction> Transaction::begin(Database& database) {
    if (auto begun = database.begin(); !begun) {
        return std::unexpected(begun.error());
    }
    return Transaction(database);
}

Result<Transaction> Transaction::read(Database& database) {
    if (auto begun = database.begin_reading(); !begun) {
        return std::unexpected(begun.error());
    }
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
    if (database_ != nullptr) {
        database_->roll_back();
    }
}

Result<void> Transaction::commit() {
    if (auto committed = database_->commit(); !committed) {
        return committed;
    }
    database_ = nullptr;
    return {};
}

}  // namespace thidua::store
