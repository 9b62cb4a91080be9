// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/second_schema.hpp"

#include "store/schema.hpp"
#include "store/store.hpp"

namespace thidua::store {

/// What needs the store's inside.
class SecondSchema {
  public:
    static Result<void> migrate(
        std::unique_ptr<Database> database, const Location& location, Instant now
    ) {
        auto tables = make_version_tables(*database);
        Store store(std::move(database), std::move(tables), location);
        const bool agrees = store.check_witness() && !store.is_witness_missing_;
        auto done = add_tables(store, now);
        return done && agrees ? store.bear_witness(Witness::Sync::Yes) : done;
    }

  private:
    static Result<void> add_tables(Store& store, Instant now) {
        Database& database = *store.database_;
        auto transaction = Transaction::begin(database);
        if (!transaction) {
            return std::unexpected(transaction.error());
        }
        // Somebody else may have done it between our look and our lock.
        const auto version = database.schema_version();
        if (!version || *version == 3) {
            return version ? Result<void>{} : std::unexpected(version.error());
        }
        Result<void> done = database.execute(schema_for(database.dialect(), third_schema_sql));
        done = done ? database.execute(schema_for(database.dialect(), entries_schema_sql)) : done;
        done = done ? database.set_schema_version(3) : done;
        done = done ? store.audit(now, {"migrated", "schema", "from=2 to=3"}) : done;
        return done ? transaction->commit() : done;
    }
};

Result<void> migrate_from_2(
    const Location& location, Instant now, const ProgressSink& /*told: done at once*/
) {
    auto database = Database::open(location, Access::ReadWrite);
    return database ? SecondSchema::migrate(*std::move(database), location, now)
                    : std::unexpected(database.error());
}

}  // namespace thidua::store
