// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

namespace thidua::store {
namespace {

constexpr int busy_wait_milliseconds = 10'000;

std::string_view remedy(int code) {
    switch (code & 0xFF) {
        case SQLITE_FULL:
            return "; the disk is full: make room, nothing was changed";
        case SQLITE_READONLY:
            return "; the file system or the file is read-only";
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return "; another process holds it";
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return "; restore the last backup";
        case SQLITE_CANTOPEN:
            return "; check that the folder exists and who owns it";
        default:
            return "";
    }
}

std::unexpected<Error> sqlite_error(sqlite3* database, std::string_view step) {
    const int code = sqlite3_extended_errcode(database);
    const char* path = sqlite3_db_filename(database, "main");
    const bool is_busy = (code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED;
    return fail(
        is_busy ? ErrorKind::Transient : ErrorKind::Io,
        fmt::format(
            "database {}: {}: {} (SQLite {}){}",
            path == nullptr ? "" : path,
            step,
            sqlite3_errmsg(database),
            code,
            remedy(code)
        )
    );
}

Result<void> set_up(Database& database, Access access) {
    auto mode = database.prepare("PRAGMA journal_mode=TRUNCATE");
    if (access == Access::ReadWrite) {
        if (!mode) {
            return std::unexpected(mode.error());
        }
        const auto row = mode->step();
        if (!row) {
            return std::unexpected(row.error());
        }
        // SQLite answers with the mode in force, which is another one if it could not change it.
        if (!*row || mode->text(0) != "truncate") {
            return fail(
                ErrorKind::Io,
                "database: the journal mode is " + mode->text(0) +
                    ", not TRUNCATE; close every "
                    "other program that has it open"
            );
        }
    }
    return database.execute(
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
        "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384"
    );
}

}  // namespace

Statement::Statement(sqlite3* database, sqlite3_stmt* handle)
    : database_(database), handle_(handle) {}

void Statement::Finalize::operator()(sqlite3_stmt* handle) const {
    (void)sqlite3_finalize(handle);
}

void Statement::reset() {
    (void)sqlite3_reset(handle_.get());
    bound_ = 0;
}

void Statement::bind_next(std::int64_t value) {
    check(sqlite3_bind_int64(handle_.get(), ++bound_, value) == SQLITE_OK, "bind an integer");
}

void Statement::bind_next(std::string_view value) {
    const int code = sqlite3_bind_text64(
        handle_.get(),
        ++bound_,
        value.data() == nullptr ? "" : value.data(),
        value.size(),
        SQLITE_TRANSIENT,  // NOLINT: SQLite's own cast
        SQLITE_UTF8
    );
    check(code == SQLITE_OK, "bind a text");
}

void Statement::bind_next(Blob value) {
    const int code = sqlite3_bind_blob64(
        handle_.get(),
        ++bound_,
        value.bytes.data() == nullptr ? "" : value.bytes.data(),
        value.bytes.size(),
        SQLITE_TRANSIENT  // NOLINT: SQLite's own cast
    );
    check(code == SQLITE_OK, "bind bytes");
}

void Statement::bind_next(std::nullopt_t) {
    check(sqlite3_bind_null(handle_.get(), ++bound_) == SQLITE_OK, "bind null");
}

Result<bool> Statement::step() {
    switch (sqlite3_step(handle_.get())) {
        case SQLITE_ROW:
            return true;
        case SQLITE_DONE:
            return false;
        default:
            break;
    }
    auto error = sqlite_error(database_, "step");
    reset();
    return error;
}

Result<void> Statement::run_bound() {
    return for_each_row([](const Statement&) {});
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(handle_.get(), column);
}

std::optional<std::int64_t> Statement::integer_or_null(int column) const {
    if (sqlite3_column_type(handle_.get(), column) == SQLITE_NULL) {
        return std::nullopt;
    }
    return integer(column);
}

std::string Statement::text(int column) const {
    const auto* letters = static_cast<const char*>(sqlite3_column_blob(handle_.get(), column));
    const auto length = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
    return letters == nullptr ? std::string() : std::string(letters, length);
}

std::optional<Instant> Statement::instant_or_null(int column) const {
    const auto count = integer_or_null(column);
    return count ? std::optional(Instant{std::chrono::milliseconds{*count}}) : std::nullopt;
}

void Database::Close::operator()(sqlite3* handle) const {
    (void)sqlite3_close_v2(handle);
}

Result<Database> Database::open(const std::filesystem::path& path, Access access) {
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_NOMUTEX |
                      (access == Access::ReadOnly ? SQLITE_OPEN_READONLY
                                                  : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
    Database database(handle);
    if (code != SQLITE_OK) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "database {}: open: {}{}", path.string(), sqlite3_errstr(code), remedy(code)
            )
        );
    }
    (void)sqlite3_busy_timeout(handle, busy_wait_milliseconds);
    // A read-only file system opens without a complaint and fails at the first write.
    if (access == Access::ReadWrite && sqlite3_db_readonly(handle, "main") == 1) {
        return fail(ErrorKind::Io, fmt::format("database {}: it can only be read", path.string()));
    }
    if (auto ready = set_up(database, access); !ready) {
        return failed("open " + path.string(), ready.error());
    }
    return database;
}

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(
        handle_.get(),
        sql.data(),
        static_cast<int>(sql.size()),
        SQLITE_PREPARE_PERSISTENT,
        &statement,
        nullptr
    );
    if (code != SQLITE_OK) {
        return sqlite_error(handle_.get(), "prepare");
    }
    return Statement(handle_.get(), statement);
}

Result<void> Database::execute(const std::string& sql) {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        return sqlite_error(handle_.get(), "execute");
    }
    return {};
}

Result<Transaction> Transaction::begin(Database& database) {
    if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun) {
        return std::unexpected(begun.error());
    }
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
    if (database_ != nullptr) {
        // After a full disk SQLite may have rolled back by itself; then this says so and no more.
        (void)database_->execute("ROLLBACK");
    }
}

Result<void> Transaction::commit() {
    if (auto committed = database_->execute("COMMIT"); !committed) {
        return committed;
    }
    database_ = nullptr;
    return {};
}

}  // namespace thidua::store
