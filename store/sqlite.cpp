// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite.hpp"

#include "core/free_space.hpp"
#include "store/private_file.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <mutex>
#include <utility>

namespace thidua::store {
namespace {

constexpr int busy_wait_milliseconds = 10'000;

/// `system_code`: the errno behind it, where SQLite kept one.
std::string_view remedy(int code, int system_code, const std::filesystem::path& path) {
    if (system_code == EMFILE || system_code == ENFILE) {
        return "; too many files are open: raise LimitNOFILE of the service";
    }
    if (code == SQLITE_READONLY_ROLLBACK) {
        return "; a writer was killed in the middle of a commit: the start of the service, or the "
               "next command that writes, takes back what it had begun";
    }
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
            if (system_code == ENOSPC) {
                return space_remedy(path);
            }
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
            remedy(code, sqlite3_system_errno(database), path == nullptr ? "" : path)
        )
    );
}

/// Before SQLite is used for the first time: one connection is used by one thread, so that it
/// needs no locks of its own, and nobody reads its memory statistics. Refused when somebody else in
/// the process was first, which costs time and nothing else.
void configure_once() {
    static std::once_flag once;
    std::call_once(once, [] {
        (void)sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    });
}

Result<std::string> ask(Database& database, std::string_view pragma) {
    auto statement = database.prepare(pragma);
    if (!statement) {
        return std::unexpected(statement.error());
    }
    auto answer = (*statement)->first_row([](const Statement& row) { return row.text(0); });
    if (!answer) {
        return std::unexpected(answer.error());
    }
    return answer->value_or("");
}

Result<void> check_journal_mode(Database& database, const std::filesystem::path& path) {
    const auto mode = ask(database, "PRAGMA journal_mode");
    if (!mode) {
        return std::unexpected(mode.error());
    }
    if (const auto problem = journal_mode_problem(sqlite3_libversion_number(), *mode)) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "database {}: {}; stop every program that has it open, then: sqlite3 {} 'PRAGMA "
                "journal_mode=TRUNCATE'",
                path.string(),
                *problem,
                path.string()
            )
        );
    }
    return {};
}

Result<void> set_up(Database& database, const std::filesystem::path& path, Access access) {
    if (auto fit = check_journal_mode(database, path); !fit) {
        return fit;
    }
    auto set = database.execute(
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
        "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8192"
    );
    if (!set || access == Access::ReadOnly) {
        return set;
    }
    // SQLite answers with what is in force, which is another one if it could not change it.
    const auto mode = ask(database, "PRAGMA journal_mode=TRUNCATE");
    const auto synchronous = ask(database, "PRAGMA synchronous");
    if (!mode || !synchronous) {
        return std::unexpected(mode ? synchronous.error() : mode.error());
    }
    if (*mode != "truncate" || *synchronous != "2") {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "database {}: the journal mode is {} with synchronous={}, not TRUNCATE with 2; "
                "close every other program that has it open",
                path.string(),
                *mode,
                *synchronous
            )
        );
    }
    return {};
}

/// The file and what SQLite puts beside it.
Result<void> check_files(const std::filesystem::path& path, Access access) {
    const bool writes = access == Access::ReadWrite;
    if (writes) {
        if (auto made = make_private(path); !made) {
            return made;
        }
    }
    for (const std::string_view ending : {"", "-journal", "-wal"}) {
        std::filesystem::path file = path;
        file += ending;
        if (auto fit = check_private(file, writes); !fit) {
            return fit;
        }
    }
    return {};
}

}  // namespace

std::optional<std::string> journal_mode_problem(int version, std::string_view mode) {
    constexpr int strict_tables = 3'037'000;
    if (version < strict_tables) {
        return "SQLite " + std::to_string(version) + " is too old; 3.37 is needed";
    }
    if (mode != "wal") {
        return std::nullopt;
    }
    // https://sqlite.org/wal.html, "The WAL-Reset Bug": 3.7.0 to 3.51.2 without 3.44.6 and 3.50.7
    const bool is_fixed = version >= 3'051'003 || version == 3'050'007 || version == 3'044'006;
    return std::string("it is in journal mode WAL, and thidua keeps a rollback journal") +
           (is_fixed ? "" : ": this SQLite can corrupt a database in that mode");
}

SqliteStatement::SqliteStatement(sqlite3* database, sqlite3_stmt* handle)
    : database_(database), handle_(handle) {}

void SqliteStatement::Finalize::operator()(sqlite3_stmt* handle) const {
    (void)sqlite3_finalize(handle);
}

void SqliteStatement::reset() {
    (void)sqlite3_reset(handle_.get());
    bound_ = 0;
}

void SqliteStatement::bind_integer(std::int64_t value) {
    check(sqlite3_bind_int64(handle_.get(), ++bound_, value) == SQLITE_OK, "bind an integer");
}

void SqliteStatement::bind_text(std::string_view value) {
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

void SqliteStatement::bind_bytes(std::string_view value) {
    const int code = sqlite3_bind_blob64(
        handle_.get(),
        ++bound_,
        value.data() == nullptr ? "" : value.data(),
        value.size(),
        SQLITE_TRANSIENT  // NOLINT: SQLite's own cast
    );
    check(code == SQLITE_OK, "bind bytes");
}

void SqliteStatement::bind_null() {
    check(sqlite3_bind_null(handle_.get(), ++bound_) == SQLITE_OK, "bind null");
}

Result<bool> SqliteStatement::step() {
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

std::int64_t SqliteStatement::integer(int column) const {
    return sqlite3_column_int64(handle_.get(), column);
}

std::optional<std::int64_t> SqliteStatement::integer_or_null(int column) const {
    if (sqlite3_column_type(handle_.get(), column) == SQLITE_NULL) {
        return std::nullopt;
    }
    return integer(column);
}

std::string SqliteStatement::text(int column) const {
    const auto* letters = static_cast<const char*>(sqlite3_column_blob(handle_.get(), column));
    const auto length = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
    return letters == nullptr ? std::string() : std::string(letters, length);
}

void SqliteDatabase::Close::operator()(sqlite3* handle) const {
    (void)sqlite3_close_v2(handle);
}

Result<std::unique_ptr<Database>> open_sqlite(const std::filesystem::path& path, Access access) {
    configure_once();
    if (auto fit = check_files(path, access); !fit) {
        return std::unexpected(fit.error());
    }
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_NOMUTEX |
                      (access == Access::ReadOnly ? SQLITE_OPEN_READONLY
                                                  : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
    auto database = std::make_unique<SqliteDatabase>(handle);
    if (code != SQLITE_OK) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "database {}: open: {}{}",
                path.string(),
                sqlite3_errstr(code),
                remedy(code, handle == nullptr ? 0 : sqlite3_system_errno(handle), path)
            )
        );
    }
    (void)sqlite3_busy_timeout(handle, busy_wait_milliseconds);
    // A read-only file system opens without a complaint and fails at the first write.
    if (access == Access::ReadWrite && sqlite3_db_readonly(handle, "main") == 1) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "database {}: it can only be read; mount its file system for writing, or: chmod "
                "600 {}",
                path.string(),
                path.string()
            )
        );
    }
    if (sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr) != SQLITE_OK) {
        return sqlite_error(handle, "defensive mode");
    }
    if (auto ready = set_up(*database, path, access); !ready) {
        return failed("open " + path.string(), ready.error());
    }
    return database;
}

Result<std::unique_ptr<Statement>> SqliteDatabase::prepare(std::string_view sql) {
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
    return std::make_unique<SqliteStatement>(handle_.get(), statement);
}

Result<void> SqliteDatabase::execute(const std::string& sql) {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        return sqlite_error(handle_.get(), "execute");
    }
    return {};
}

Result<int> SqliteDatabase::schema_version() {
    auto find = prepare("PRAGMA user_version");
    if (!find) {
        return std::unexpected(find.error());
    }
    const auto version = (*find)->first_row([](const Statement& row) { return row.integer(0); });
    if (!version) {
        return std::unexpected(version.error());
    }
    return static_cast<int>(version->value_or(0));
}

Result<void> SqliteDatabase::set_schema_version(int version) {
    return execute(fmt::format("PRAGMA user_version={}", version));
}

Result<void> SqliteDatabase::begin() {
    return execute("BEGIN IMMEDIATE");
}

Result<void> SqliteDatabase::begin_reading() {
    return execute("BEGIN");
}

Result<void> SqliteDatabase::commit() {
    return execute("COMMIT");
}

void SqliteDatabase::roll_back() {
    // After a full disk SQLite may have rolled back by itself; then this says so and no more.
    (void)execute("ROLLBACK");
}

}  // namespace thidua::store
