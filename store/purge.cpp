// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/purge.hpp"

#include "store/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::store {
namespace {

/// A statement for each table; the keys of two of them are packed on SQLite, where a file is one
/// agency's. Prepared statements are told by where their text lies, so each is a constant.
struct PurgedTable {
    std::string_view count;
    std::string_view remove;
    std::int64_t RowLevelData::*sum;  ///< null: what only points to the others
    bool is_packed = false;
};

constexpr std::array postgres_tables{
    PurgedTable{
        "SELECT count(*) FROM dossier WHERE agency = ?",
        "DELETE FROM dossier WHERE agency = ?",
        &RowLevelData::dossiers},
    PurgedTable{
        "SELECT count(*) FROM dossier_history WHERE agency = ?",
        "DELETE FROM dossier_history WHERE agency = ?",
        &RowLevelData::dossiers}};

constexpr std::array sqlite_tables{
    PurgedTable{
        "SELECT count(*) FROM dossier", "DELETE FROM dossier", &RowLevelData::dossiers, true},
    PurgedTable{
        "SELECT count(*) FROM dossier_history",
        "DELETE FROM dossier_history",
        &RowLevelData::dossiers,
        true}};

constexpr std::array shared_tables{
    PurgedTable{
        "SELECT count(*) FROM payment WHERE agency = ?",
        "DELETE FROM payment WHERE agency = ?",
        &RowLevelData::payments},
    PurgedTable{
        "SELECT count(*) FROM payment_history WHERE agency = ?",
        "DELETE FROM payment_history WHERE agency = ?",
        &RowLevelData::payments},
    PurgedTable{
        "SELECT count(*) FROM capture WHERE agency = ?",
        "DELETE FROM capture WHERE agency = ?",
        &RowLevelData::captures},
    // What a person decided about a record stays, since the audit chain tells of it.
    PurgedTable{
        "SELECT count(*) FROM quarantine WHERE agency = ? AND record <> ''",
        "DELETE FROM quarantine WHERE agency = ? AND state <> 'dropped'",
        &RowLevelData::refused},
    PurgedTable{
        "", "UPDATE quarantine SET record = '' WHERE agency = ? AND state = 'dropped'", nullptr},
    PurgedTable{"", "DELETE FROM payment_link WHERE agency = ?", nullptr},
    PurgedTable{"", "DELETE FROM look_up WHERE agency = ?", nullptr},
    PurgedTable{"", "DELETE FROM odd_code WHERE agency = ?", nullptr},
    PurgedTable{"", "DELETE FROM alias WHERE agency = ?", nullptr},
    PurgedTable{"", "DELETE FROM slice_print WHERE agency = ?", nullptr}};

std::vector<PurgedTable> tables_of(Dialect dialect) {
    std::vector<PurgedTable> tables(shared_tables.begin(), shared_tables.end());
    const auto& own = dialect == Dialect::Postgres ? postgres_tables : sqlite_tables;
    tables.insert(tables.end(), own.begin(), own.end());
    return tables;
}

}  // namespace

/// Does it, and is let into the store's own.
class Purge {
  public:
    explicit Purge(Store& store) : store_(store) {}

    Result<RowLevelData> count();
    Result<void> run(const PurgeOrder& order, const RowLevelData& data);

  private:
    [[nodiscard]] Dialect dialect() const { return store_.database_->dialect(); }
    Result<void> remove();

    Store& store_;
};

Result<RowLevelData> Purge::count() {
    RowLevelData data;
    for (const PurgedTable& table : tables_of(dialect())) {
        if (table.sum == nullptr) {
            continue;
        }
        auto count = store_.statement(table.count);
        if (!count) {
            return std::unexpected(count.error());
        }
        if (!table.is_packed) {
            (*count)->bind(agency);
        }
        const auto rows = (*count)->first_row([](const Statement& row) { return row.integer(0); });
        if (!rows) {
            return std::unexpected(rows.error());
        }
        data.*table.sum += rows->value_or(0);
    }
    return data;
}

Result<void> Purge::remove() {
    for (const PurgedTable& table : tables_of(dialect())) {
        auto remove = store_.statement(table.remove);
        auto done = !remove           ? Result<void>(std::unexpected(remove.error()))
                    : table.is_packed ? (*remove)->run()
                                      : (*remove)->run(agency);
        if (!done) {
            return done;
        }
    }
    return {};
}

Result<void> Purge::run(const PurgeOrder& order, const RowLevelData& data) {
    // Freed pages are overwritten, so that nothing of them can be read from the file.
    const bool is_file = dialect() == Dialect::Sqlite;
    auto done = is_file ? store_.database_->execute("PRAGMA secure_delete = ON") : Result<void>{};
    const AuditNote note{
        "purged",
        order.by,
        fmt::format(
            "dossiers={} payments={} captures={} refused={}",
            data.dossiers,
            data.payments,
            data.captures,
            data.refused
        )};
    done = done ? store_.record(
                      order.now,
                      note,
                      [&] {
                          auto removed = remove();
                          return removed ? store_.set_meta(
                                               "purged",
                                               std::to_string(order.now.time_since_epoch().count())
                                           )
                                         : removed;
                      }
                  )
                : done;
    return done && is_file ? store_.database_->execute("VACUUM") : done;
}

Result<std::optional<Instant>> purged_at(Store& store) {
    auto find =
        store.statement("SELECT CAST(value AS BIGINT) FROM meta WHERE agency = ? AND key = 'purged'"
        );
    if (!find) {
        return failed("purge", find.error());
    }
    (*find)->bind(agency);
    const auto at = (*find)->first_row([](const Statement& row) { return row.integer(0); });
    if (!at) {
        return failed("purge", at.error());
    }
    return *at ? std::optional(Instant{std::chrono::milliseconds{**at}}) : std::nullopt;
}

Result<RowLevelData> row_level_data(Store& store) {
    auto data = Purge(store).count();
    return data ? data : failed("purge", data.error());
}

Result<RowLevelData> purge(Store& store, const PurgeOrder& order) {
    auto data = row_level_data(store);
    if (!data) {
        return data;
    }
    const auto done = Purge(store).run(order, *data);
    return done ? data : failed("purge", done.error());
}

Result<void> refuse_if_purged(Store& store, std::string_view what) {
    const auto at = purged_at(store);
    if (!at) {
        return std::unexpected(at.error());
    }
    if (!*at) {
        return {};
    }
    return fail(
        ErrorKind::Usage,
        fmt::format(
            "{}: what tells of single dossiers and payments was taken away on {} (thidua purge); "
            "figures as they were published are in the editions",
            what,
            thidua::to_text(**at)
        )
    );
}

}  // namespace thidua::store
