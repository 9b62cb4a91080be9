// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A thin layer over SQLite's C interface: handles that close themselves, errors that name the
// database and the remedy. Only this room includes it.
#pragma once

#include "core/records.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

struct sqlite3;
struct sqlite3_stmt;

namespace thidua::store {

/// Bytes to be bound as a BLOB.
struct Blob {
    std::string_view bytes;
};

/// A prepared statement. Bind in the order of the SQL's placeholders, then run() or step().
class Statement {
  public:
    Statement(sqlite3* database, sqlite3_stmt* handle);

    /// Starts over with these values. Texts are copied.
    template <class... Values>
    Statement& bind(const Values&... values) {
        reset();
        (bind_next(values), ...);
        return *this;
    }

    /// Goes to the next row; false when there is none left.
    [[nodiscard]] Result<bool> step();

    /// Binds, runs to the end and forgets the rows.
    template <class... Values>
    [[nodiscard]] Result<void> run(const Values&... values) {
        return bind(values...).run_bound();
    }

    /// Offers every row of what is bound to `visit`, then lets go of the lock.
    template <class Visit>
    [[nodiscard]] Result<void> for_each_row(Visit visit) {
        while (true) {
            const auto row = step();
            if (!row) {
                return std::unexpected(row.error());
            }
            if (!*row) {
                reset();
                return {};
            }
            visit(*this);
        }
    }

    /// What `read` makes of the first row of what is bound, if there is one; then lets go of the
    /// lock.
    template <class Read>
    [[nodiscard]] auto first_row(Read read)
        -> Result<std::optional<std::invoke_result_t<Read, const Statement&>>> {
        const auto row = step();
        if (!row) {
            return std::unexpected(row.error());
        }
        std::optional<std::invoke_result_t<Read, const Statement&>> value;
        if (*row) {
            value = read(*this);
        }
        reset();
        return value;
    }

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::optional<std::int64_t> integer_or_null(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::optional<Instant> instant_or_null(int column) const;

    /// Ends the reading of rows, so that no lock is held.
    void reset();

  private:
    void bind_next(std::int64_t value);
    void bind_next(int value) { bind_next(static_cast<std::int64_t>(value)); }
    void bind_next(bool value) { bind_next(static_cast<std::int64_t>(value ? 1 : 0)); }
    void bind_next(std::string_view value);
    void bind_next(const std::string& value) { bind_next(std::string_view(value)); }
    void bind_next(const char* value) { bind_next(std::string_view(value)); }
    void bind_next(Instant value) { bind_next(value.time_since_epoch().count()); }
    void bind_next(Blob value);
    void bind_next(std::nullopt_t value);
    template <class Value>
    void bind_next(const std::optional<Value>& value) {
        if (value) {
            bind_next(*value);
        } else {
            bind_next(std::nullopt);
        }
    }
    [[nodiscard]] Result<void> run_bound();

    struct Finalize {
        void operator()(sqlite3_stmt* handle) const;
    };
    sqlite3* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
    int bound_ = 0;
};

enum class Access { ReadOnly, ReadWrite };

/// One connection. Used by one thread at a time.
class Database {
  public:
    /// Opens `path` (made if missing, for writing) in rollback-journal mode TRUNCATE with
    /// synchronous=FULL, and refuses anything else (docs/decisions/0005). Errors: Io.
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& path, Access access);

    [[nodiscard]] Result<Statement> prepare(std::string_view sql);

    /// Runs several statements without values.
    [[nodiscard]] Result<void> execute(const std::string& sql);

  private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    explicit Database(sqlite3* handle) : handle_(handle) {}
    std::unique_ptr<sqlite3, Close> handle_;
};

/// Undoes itself unless commit() was reached.
class Transaction {
  public:
    [[nodiscard]] static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    [[nodiscard]] Result<void> commit();

  private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

}  // namespace thidua::store
