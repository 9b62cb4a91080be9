// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The tables that take most rows, a batch at a time: SQLite goes row by row with prepared
// statements, PostgreSQL copies a batch straight into its tables. Everything else in this room
// is plain SQL that both understand. Private to store/.
#pragma once

#include "core/result.hpp"
#include "store/dossier_row.hpp"
#include "store/rollup_row.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace thidua::store {

class Database;

/// What a look at a current row tells: enough to see that nothing changed.
struct KnownVersion {
    std::int64_t content = 0;
    std::int64_t slice = 0;  ///< that opened it
};

/// A version that ends, with the slice from which on it is not known any more.
struct ClosedVersion {
    DossierRow row;
    std::int64_t until_slice = 0;
};

/// That a version names a reference; a way back from a payment to its dossiers.
struct PaymentLink {
    std::string reference;
    std::int64_t dossier = 0;  ///< DossierRow::id
};

/// A dossier's number that was given up for another.
struct Alias {
    std::int64_t number = 0;
    std::int64_t stands_for = 0;
};

/// Everything that one batch of records changes.
struct VersionBatch {
    std::vector<DossierRow> opened;     ///< ascending and distinct by id; new, or in place of the
                                        ///< current row
    std::vector<ClosedVersion> closed;  ///< go to the history
    std::vector<std::int64_t> ended;    ///< current rows that go without a successor
    std::vector<PaymentLink> links;     ///< may be there already
    std::vector<PaymentLink> unlinked;  ///< may be gone already
    std::vector<Alias> aliases;         ///< new ones
};

/// Everything that changes in the rollups.
struct RollupBatch {
    std::vector<RollupRow> rows;      ///< new, or in place of the row that is there
    std::vector<RollupKey> replaced;  ///< keys of those that are there
    std::vector<RollupKey> ended;     ///< rows that go: they came to nothing
};

class VersionTables {
  public:
    VersionTables() = default;
    VersionTables(const VersionTables&) = delete;
    VersionTables& operator=(const VersionTables&) = delete;
    virtual ~VersionTables() = default;

    /// The largest id in the dossier table, 0 if it is empty.
    [[nodiscard]] virtual Result<std::int64_t> largest_id() = 0;

    /// What is known of each id; as many as `ids`, which are ascending and distinct.
    [[nodiscard]] virtual Result<std::vector<std::optional<KnownVersion>>> look(
        std::span<const std::int64_t> ids
    ) = 0;

    /// The current rows of `ids` (ascending, distinct), in that order; an id without one is left
    /// out.
    [[nodiscard]] virtual Result<std::vector<DossierRow>> read(std::span<const std::int64_t> ids
    ) = 0;

    /// What the payment sources now say of `references` (ascending, distinct), ascending by
    /// reference.
    [[nodiscard]] virtual Result<std::vector<PaymentFact>> facts(
        std::span<const std::string> references
    ) = 0;

    /// For each of `numbers` (ascending, distinct) that was given up: which one it stands for.
    [[nodiscard]] virtual Result<std::vector<Alias>> aliases(std::span<const std::int64_t> numbers
    ) = 0;

    [[nodiscard]] virtual Result<void> write(const VersionBatch& batch) = 0;

    /// Adds a change to the rollups; a row that comes to nothing is removed. Errors: also Io if a
    /// row is damaged.
    [[nodiscard]] Result<void> add(RollupChange change);

    // What add() is made of.

    /// Those of the rows of `keys` (ascending, distinct) that are there, ascending by key.
    [[nodiscard]] virtual Result<std::vector<RollupRow>> read_rollups(
        std::span<const RollupKey> keys
    ) = 0;

    [[nodiscard]] virtual Result<void> write_rollups(const RollupBatch& batch) = 0;
};

/// The tables in `database`, which must outlive them.
[[nodiscard]] std::unique_ptr<VersionTables> make_version_tables(Database& database);

}  // namespace thidua::store
