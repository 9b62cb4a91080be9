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

Result<void> Database::copy_to(const std::filesystem::path& target, const ProgressSink& told) {
    const auto copy = start_copy(target);
    if (!copy) {
        return std::unexpected(copy.error());
    }
    while (true) {
        const auto state = (*copy)->step();
        if (!state) {
            return std::unexpected(state.error());
        }
        tell(told, state->done, state->total);
        if (state->is_whole) {
            return {};
        }
    }
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
