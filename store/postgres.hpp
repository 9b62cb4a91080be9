// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// PostgreSQL behind database.hpp, through libpq (docs/decisions/0009). Private to store/.
#pragma once

#include "store/database.hpp"
#include "store/postgres_lease.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
struct pg_result;

namespace thidua::store {

struct ClearResult {
    void operator()(pg_result* result) const;
};
using PostgresResult = std::unique_ptr<pg_result, ClearResult>;

/// Connects, checks the server and, if the location names a holder and is to be written, takes the
/// writer's lock. Errors: Io, with the server's words and never a password; Config for the URL and
/// the password file.
[[nodiscard]] Result<std::unique_ptr<Database>> open_postgres(
    const Location& location, Access access
);

class PostgresArray;
class PostgresStatement;

/// A session. When the connection is lost, what is under way fails, and the next transaction or
/// single statement connects again (and takes the writer's lock again, or fails: for good, if
/// another has had it since).
class PostgresDatabase final : public Database {
  public:
    PostgresDatabase(Location location, Access access);

    [[nodiscard]] Result<void> connect();

    [[nodiscard]] Dialect dialect() const override { return Dialect::Postgres; }
    [[nodiscard]] Result<std::unique_ptr<Statement>> prepare(std::string_view sql) override;
    [[nodiscard]] Result<void> execute(const std::string& sql) override;
    void expect_term(std::int64_t term) override { expected_term_ = term; }
    [[nodiscard]] bool is_overtaken() const override { return is_overtaken_; }
    [[nodiscard]] bool is_lease_fresh() const override { return !lease_ || lease_->is_fresh(); }
    [[nodiscard]] Result<int> schema_version() override;
    [[nodiscard]] Result<void> set_schema_version(int version) override;
    [[nodiscard]] Result<std::unique_ptr<DatabaseCopy>> start_copy(
        const std::filesystem::path& target
    ) override;

    /// Runs one statement with arrays for $1, $2, ...; all of the answer, its values in binary.
    [[nodiscard]] Result<PostgresResult> run_with(
        const std::string& sql, std::span<const PostgresArray> values
    );

    /// Sends `bytes` as the data of `sql`, a COPY ... FROM STDIN, whole.
    [[nodiscard]] Result<void> copy_in(const std::string& sql, std::string_view bytes);

    /// Grows by one with each session: prepared statements and temporary tables are a session's.
    [[nodiscard]] std::uint64_t session() const { return session_; }

  private:
    friend class PostgresStatement;

    [[nodiscard]] Result<void> begin() override;
    [[nodiscard]] Result<void> begin_reading() override;
    [[nodiscard]] Result<void> commit() override;
    void roll_back() override;

    /// Another session that has the writer's lock.
    struct Writer {
        std::string name;
        std::string process;                                  ///< on the server
        std::optional<std::chrono::milliseconds> silent_for;  ///< of its lease; none: it has none
    };

    [[nodiscard]] Result<void> begin_session(const std::string& password);
    [[nodiscard]] Result<void> set_up();
    [[nodiscard]] bool writes_alone() const;
    [[nodiscard]] Result<void> check_term();
    [[nodiscard]] Result<void> take_writer_lock();
    [[nodiscard]] Result<bool> try_writer_lock();
    [[nodiscard]] Result<std::optional<Writer>> writer();
    [[nodiscard]] Result<void> depose(const Writer& writer);
    [[nodiscard]] bool is_connected() const;
    /// Makes the connection free for the next command: connected, and no rows under way.
    [[nodiscard]] Result<void> make_ready();
    [[nodiscard]] Result<PostgresResult> query(const std::string& sql);
    [[nodiscard]] std::unexpected<Error> error(std::string_view step, const pg_result* result)
        const;

    struct Finish {
        void operator()(pg_conn* handle) const;
    };
    Location location_;
    Access access_;
    std::unique_ptr<pg_conn, Finish> handle_;
    std::uint64_t session_ = 0;
    std::uint64_t prepared_ = 0;                 ///< names given to statements
    std::optional<std::int64_t> expected_term_;  ///< once it is known (Database::expect_term)
    bool is_overtaken_ = false;
    std::unique_ptr<PostgresLease> lease_;  ///< of who writes alone
    std::int64_t lock_key_ = 0;             ///< of the holder; the one after it is a transaction's
    bool in_transaction_ = false;
    std::shared_ptr<char> alive_ = std::make_shared<char>();
    PostgresStatement* reading_ = nullptr;  ///< whose rows are under way
};

/// Prepared by the server when it is first run, since only then the types of its values are known.
class PostgresStatement final : public Statement {
  public:
    PostgresStatement(PostgresDatabase& database, std::string sql);
    ~PostgresStatement() override;

    [[nodiscard]] Result<bool> step() override;
    [[nodiscard]] std::int64_t integer(int column) const override;
    [[nodiscard]] std::optional<std::int64_t> integer_or_null(int column) const override;
    [[nodiscard]] std::string text(int column) const override;
    void reset() override;

    /// Takes what is left of the rows into memory, so that another statement can run.
    void take_rest();

  protected:
    void bind_integer(std::int64_t value) override;
    void bind_text(std::string_view value) override;
    void bind_bytes(std::string_view value) override;
    void bind_null() override;

  private:
    struct Value {
        unsigned type = 0;                ///< of PostgreSQL; 0 for null
        std::array<char, 8> number = {};  ///< of an integer, as it is sent
        std::string text;                 ///< of all others
    };
    enum class State { Bound, Reading, Ended };

    [[nodiscard]] Value& next_value(unsigned type);
    [[nodiscard]] Result<void> prepare_for_values();
    [[nodiscard]] Result<void> send();
    /// The next row as it comes, null after the last one.
    [[nodiscard]] Result<PostgresResult> receive();

    PostgresDatabase& database_;
    std::weak_ptr<char> alive_;  ///< expires with the database: a Store that is moved to closes it
                                 ///< before its statements go
    std::string sql_;
    std::string name_;
    std::uint64_t session_ = 0;    ///< in which it was prepared; 0: not yet
    std::vector<unsigned> types_;  ///< as prepared
    std::vector<Value> values_;
    std::size_t bound_ = 0;
    State state_ = State::Bound;
    PostgresResult row_;
    std::deque<Result<PostgresResult>> rest_;
};

}  // namespace thidua::store
