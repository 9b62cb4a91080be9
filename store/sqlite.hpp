// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// SQLite behind database.hpp. Private to store/.
#pragma once

#include "store/database.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace thidua::store {

/// Opens `path` (made if missing, for writing, readable by its owner only) in rollback-journal
/// mode TRUNCATE with synchronous=FULL, and refuses anything else (docs/decisions/0005).
/// Errors: Io.
[[nodiscard]] Result<std::unique_ptr<Database>> open_sqlite(
    const std::filesystem::path& path, Access access
);

/// Why SQLite of this version (3040001) must not be used with a database in this journal mode;
/// nothing if it may.
[[nodiscard]] std::optional<std::string> journal_mode_problem(int version, std::string_view mode);

class SqliteStatement final : public Statement {
  public:
    SqliteStatement(sqlite3* database, sqlite3_stmt* handle);

    [[nodiscard]] Result<bool> step() override;
    [[nodiscard]] std::int64_t integer(int column) const override;
    [[nodiscard]] std::optional<std::int64_t> integer_or_null(int column) const override;
    [[nodiscard]] std::string text(int column) const override;
    void reset() override;

  protected:
    void bind_integer(std::int64_t value) override;
    void bind_text(std::string_view value) override;
    void bind_bytes(std::string_view value) override;
    void bind_null() override;

  private:
    struct Finalize {
        void operator()(sqlite3_stmt* handle) const;
    };
    sqlite3* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
    int bound_ = 0;
};

class SqliteDatabase final : public Database {
  public:
    explicit SqliteDatabase(sqlite3* handle) : handle_(handle) {}

    [[nodiscard]] Dialect dialect() const override { return Dialect::Sqlite; }
    [[nodiscard]] Result<std::unique_ptr<Statement>> prepare(std::string_view sql) override;
    [[nodiscard]] Result<void> execute(const std::string& sql) override;
    [[nodiscard]] Result<int> schema_version() override;
    [[nodiscard]] Result<void> set_schema_version(int version) override;

    /// In sqlite_copy.cpp.
    [[nodiscard]] Result<std::unique_ptr<DatabaseCopy>> start_copy(
        const std::filesystem::path& target
    ) override;

  private:
    [[nodiscard]] Result<void> begin() override;
    [[nodiscard]] Result<void> begin_reading() override;
    [[nodiscard]] Result<void> commit() override;
    void roll_back() override;

    struct Close {
        void operator()(sqlite3* handle) const;
    };
    std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace thidua::store
