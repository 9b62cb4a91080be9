// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/added_tables.hpp"

#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <span>
#include <string_view>

namespace thidua::store {

/// What needs the store's inside.
class AddedTables {
  public:
    static Result<void> migrate(
        const Location& location, Instant now, int from, std::span<const std::string_view> parts
    ) {
        auto database = Database::open(location, Access::ReadWrite);
        if (!database) {
            return std::unexpected(database.error());
        }
        auto tables = make_version_tables(**database);
        Store store(*std::move(database), std::move(tables), location);
        const bool agrees = store.check_witness() && !store.is_witness_missing_;
        auto done = add(store, now, from, parts);
        return done && agrees ? store.bear_witness(Witness::Sync::Yes) : done;
    }

  private:
    static Result<void> add(
        Store& store, Instant now, int from, std::span<const std::string_view> parts
    ) {
        Database& database = *store.database_;
        auto transaction = Transaction::begin(database);
        if (!transaction) {
            return std::unexpected(transaction.error());
        }
        // Somebody else may have done it between our look and our lock.
        const auto version = database.schema_version();
        if (!version || *version > from) {
            return version ? Result<void>{} : std::unexpected(version.error());
        }
        Result<void> done;
        for (const std::string_view part : parts) {
            done = done ? database.execute(schema_for(database.dialect(), part)) : done;
        }
        done = done ? database.set_schema_version(from + 1) : done;
        done = done ? store.audit(
                          now, {"migrated", "schema", fmt::format("from={} to={}", from, from + 1)}
                      )
                    : done;
        return done ? transaction->commit() : done;
    }
};

Result<void> migrate_from_2(
    const Location& location, Instant now, const ProgressSink& /*told: done at once*/
) {
    return AddedTables::migrate(location, now, 2, third_schema_parts);
}

Result<void> migrate_from_3(
    const Location& location, Instant now, const ProgressSink& /*told: done at once*/
) {
    return AddedTables::migrate(location, now, 3, fourth_schema_parts);
}

}  // namespace thidua::store
