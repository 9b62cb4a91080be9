// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A connection to a database, whichever it is: prepared statements, transactions, errors that name
// the database and the remedy. SQLite (sqlite.hpp) and PostgreSQL (postgres.hpp) stand behind it.
#pragma once

#include "core/records.hpp"
#include "core/result.hpp"
#include "store/progress_sink.hpp"
#include "store/sql_dialect.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace thidua::store {

/// Bytes to be bound as a BLOB.
struct Blob {
    std::string_view bytes;
};

/// Where a store is.
struct Location {
    Location() = default;
    Location(std::filesystem::path file)  // NOLINT: a path is a location
        : path(std::move(file)) {}

    std::filesystem::path path;  ///< SQLite's file; with `url` there is only what lies beside it
    std::string url;             ///< postgresql://..., never with a password; empty: SQLite
    std::filesystem::path password_file;  ///< one line; empty: libpq's own ways, such as ~/.pgpass
    /// Who writes ("thidua run, process 4711"). PostgreSQL: the session that writes holds an
    /// advisory lock in this name, so that there is no second one; empty: no lock. SQLite:
    /// WriterLock does that.
    std::string holder;
    /// How long the session that writes waits for that lock: one that was just killed may still
    /// have it, until the server has noticed.
    std::chrono::milliseconds lock_wait{10'000};
    /// Told in words when that waiting begins, and when somebody's session is ended; may be empty.
    std::function<void(const std::string& words)> told_of_wait;
    std::function<void()> waits;  ///< called again and again meanwhile; may be empty
    std::stop_token stop;         ///< ends the waiting

    /// For messages.
    [[nodiscard]] std::string shown() const { return url.empty() ? path.string() : url; }
};

/// A prepared statement. Bind in the order of the SQL's placeholders, then run() or step().
class Statement {
  public:
    Statement() = default;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    virtual ~Statement() = default;

    /// Starts over with these values. Texts are copied.
    template <class... Values>
    Statement& bind(const Values&... values) {
        reset();
        (bind_next(values), ...);
        return *this;
    }

    /// Goes to the next row; false when there is none left.
    [[nodiscard]] virtual Result<bool> step() = 0;

    /// Binds, runs to the end and forgets the rows.
    template <class... Values>
    [[nodiscard]] Result<void> run(const Values&... values) {
        return bind(values...).for_each_row([](const Statement&) {});
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

    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual std::optional<std::int64_t> integer_or_null(int column) const = 0;
    /// Also the bytes of a BLOB; empty for null.
    [[nodiscard]] virtual std::string text(int column) const = 0;
    [[nodiscard]] std::optional<Instant> instant_or_null(int column) const {
        const auto count = integer_or_null(column);
        return count ? std::optional(Instant{std::chrono::milliseconds{*count}}) : std::nullopt;
    }

    /// Ends the reading of rows, so that no lock is held.
    virtual void reset() = 0;

  protected:
    virtual void bind_integer(std::int64_t value) = 0;
    virtual void bind_text(std::string_view value) = 0;
    virtual void bind_bytes(std::string_view value) = 0;
    virtual void bind_null() = 0;

  private:
    friend class FaultyStatement;  // tests/store/faulty_database.hpp
    void bind_next(std::int64_t value) { bind_integer(value); }
    void bind_next(int value) { bind_integer(value); }
    void bind_next(bool value) { bind_integer(value ? 1 : 0); }
    void bind_next(std::string_view value) { bind_text(value); }
    void bind_next(const std::string& value) { bind_text(value); }
    void bind_next(const char* value) { bind_text(value); }
    void bind_next(Instant value) { bind_integer(value.time_since_epoch().count()); }
    void bind_next(Blob value) { bind_bytes(value.bytes); }
    void bind_next(std::nullopt_t) { bind_null(); }
    template <class Value>
    void bind_next(const std::optional<Value>& value) {
        if (value) {
            bind_next(*value);
        } else {
            bind_null();
        }
    }
};

enum class Access { ReadOnly, ReadWrite };

/// How far a copy has come, in pages.
struct CopyState {
    std::int64_t done = 0;
    std::int64_t total = 0;
    bool is_whole = false;
};

/// A copy of a database under way. It uses the database's connection, so it ends before that, and a
/// step is a use of it like any other; between two steps nothing is locked.
class DatabaseCopy {
  public:
    DatabaseCopy() = default;
    DatabaseCopy(const DatabaseCopy&) = delete;
    DatabaseCopy& operator=(const DatabaseCopy&) = delete;
    virtual ~DatabaseCopy() = default;

    /// Copies about a megabyte more. Errors: Io; Transient if it never gets its turn.
    [[nodiscard]] virtual Result<CopyState> step() = 0;
};

/// One connection. Used by one thread at a time.
class Database {
  public:
    /// Opens what `location` names. Errors: Io, naming database and remedy; Config for a URL that
    /// holds a password, or a password file that cannot be used.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(
        const Location& location, Access access
    );

    Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    virtual ~Database() = default;

    [[nodiscard]] virtual Dialect dialect() const = 0;

    /// Placeholders are `?` or `?1`. Nothing but its end may come after the
    /// connection's.
    [[nodiscard]] virtual Result<std::unique_ptr<Statement>> prepare(std::string_view sql) = 0;

    /// Runs several statements without values.
    [[nodiscard]] virtual Result<void> execute(const std::string& sql) = 0;

    /// The number of the schema within, 0 in an empty database.
    [[nodiscard]] virtual Result<int> schema_version() = 0;
    [[nodiscard]] virtual Result<void> set_schema_version(int version) = 0;

    /// From now on a session that is begun anew writes only while the store's term is this one, so
    /// that who was cut off and overtaken does no harm. SQLite's lock is never lost: nothing to do.
    virtual void expect_term(std::int64_t /*term*/) {}

    /// Another writer has taken this one's place: nothing can be written through this any more.
    [[nodiscard]] virtual bool is_overtaken() const { return false; }

    /// Whether nobody can have taken this writer's place yet.
    [[nodiscard]] virtual bool is_lease_fresh() const { return true; }

    /// Begins to copy everything, as it will be at one moment, into the empty or missing file
    /// `target`. Who else reads or writes may go on. Errors: Io; Usage where the server has a tool
    /// of its own for that.
    [[nodiscard]] virtual Result<std::unique_ptr<DatabaseCopy>> start_copy(
        const std::filesystem::path& target
    ) = 0;

    /// Does that to its end.
    [[nodiscard]] Result<void> copy_to(
        const std::filesystem::path& target, const ProgressSink& told
    );

  private:
    friend class Transaction;
    friend class FaultyDatabase;  // tests/store/faulty_database.hpp
    [[nodiscard]] virtual Result<void> begin() = 0;
    [[nodiscard]] virtual Result<void> begin_reading() = 0;
    [[nodiscard]] virtual Result<void> commit() = 0;
    virtual void roll_back() = 0;
};

/// The only one that writes for as long as it lasts, or one that reads. Undoes itself unless
/// commit() was reached.
class Transaction {
  public:
    [[nodiscard]] static Result<Transaction> begin(Database& database);
    /// Everything is read as it stands at one moment. On SQLite a commit waits for its end.
    [[nodiscard]] static Result<Transaction> read(Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    [[nodiscard]] Result<void> commit();

  private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

}  // namespace thidua::store
