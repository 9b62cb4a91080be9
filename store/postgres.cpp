// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/postgres.hpp"

#include "core/file.hpp"
#include "core/text.hpp"
#include "store/schema.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <climits>
#include <utility>

namespace thidua::store {
namespace {

constexpr int server_version_min = 150'000;  // the oldest that is tested

std::string_view remedy(std::string_view state) {
    const std::string_view group = state.substr(0, 2);
    if (group == "28") {
        return "; check the user in store.url and store.password_file";
    }
    if (state == "3D000") {
        return "; make the database first: createdb --encoding=UTF8 --template=template0 NAME";
    }
    if (state == "42501") {
        return "; give the user the right to make tables: GRANT CREATE, USAGE ON SCHEMA";
    }
    if (state == "53100") {
        return "; the server's disk is full: make room, nothing was changed";
    }
    if (state == "25006") {
        return "; it can only be read: name the primary server in store.url";
    }
    return "";
}

/// May pass when the transaction is done again: serialization, deadlock, a lock that is held.
bool is_transient(std::string_view state) {
    return state == "40001" || state == "40P01" || state == "55P03";
}

struct FreeOptions {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

/// Nothing of a URL that may hold a password goes into a message.
Result<void> check_url(const std::string& url) {
    const std::unique_ptr<PQconninfoOption, FreeOptions> options(
        PQconninfoParse(url.c_str(), nullptr)
    );
    if (!url.starts_with("postgresql://") && !url.starts_with("postgres://")) {
        return fail(ErrorKind::Config, "store.url: must begin with postgresql://");
    }
    if (!options) {
        return fail(
            ErrorKind::Config,
            "store.url: cannot be read; it looks like postgresql://user@host:5432/database"
        );
    }
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
        const std::string_view keyword = option->keyword;
        if (option->val != nullptr && (keyword == "password" || keyword == "sslpassword")) {
            return fail(
                ErrorKind::Config,
                "store.url: holds a password; write it into a file of its own that only the "
                "service can read, and name that file in store.password_file"
            );
        }
    }
    return {};
}

std::string host_name() {
    std::array<char, HOST_NAME_MAX + 1> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

/// By which pg_stat_activity shows the session.
std::string application_name(const Location& location) {
    return fmt::format(
        "{}, process {} on host {}",
        location.holder.empty() ? "thidua" : location.holder,
        ::getpid(),
        host_name()
    );
}

}  // namespace

void ClearResult::operator()(pg_result* result) const {
    PQclear(result);
}

void PostgresDatabase::Finish::operator()(pg_conn* handle) const {
    PQfinish(handle);
}

Result<std::unique_ptr<Database>> open_postgres(const Location& location, Access access) {
    if (auto fit = check_url(location.url); !fit) {
        return std::unexpected(fit.error());
    }
    auto database = std::make_unique<PostgresDatabase>(location, access);
    if (auto connected = database->connect(); !connected) {
        return std::unexpected(connected.error());
    }
    return database;
}

PostgresDatabase::PostgresDatabase(Location location, Access access)
    : location_(std::move(location)), access_(access) {}

std::unexpected<Error> PostgresDatabase::error(std::string_view step, const pg_result* result)
    const {
    const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (state == nullptr) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "database {}: {}: {}", location_.url, step, one_line(PQerrorMessage(handle_.get()))
            )
        );
    }
    // The detail beside the message may show values of rows.
    const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    return fail(
        is_transient(state) ? ErrorKind::Transient : ErrorKind::Io,
        fmt::format(
            "database {}: {}: {} (PostgreSQL {}){}",
            location_.url,
            step,
            one_line(message == nullptr ? "" : message),
            state,
            remedy(state)
        )
    );
}

Result<void> PostgresDatabase::connect() {
    std::string password;
    if (!location_.password_file.empty()) {
        auto secret = read_secret(location_.password_file);
        if (!secret) {
            return failed("store.password_file", secret.error());
        }
        password = *std::move(secret);
    }
    const std::string name = application_name(location_);
    // What stands before the URL is overruled by it; a half-open connection ends within a minute.
    const std::array keywords{
        "connect_timeout",
        "keepalives_idle",
        "keepalives_interval",
        "keepalives_count",
        "tcp_user_timeout",
        "dbname",
        "application_name",
        "client_encoding",
        "password",
        static_cast<const char*>(nullptr)};
    const std::array values{
        "10",
        "30",
        "10",
        "3",
        "60000",
        location_.url.c_str(),
        name.c_str(),
        "UTF8",
        password.empty() ? nullptr : password.c_str(),
        static_cast<const char*>(nullptr)};
    reading_ = nullptr;
    in_transaction_ = false;
    handle_.reset(PQconnectdbParams(keywords.data(), values.data(), 1));
    if (PQstatus(handle_.get()) != CONNECTION_OK) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "database {}: connect: {}; check store.url, and that the server runs",
                location_.url,
                one_line(PQerrorMessage(handle_.get()))
            )
        );
    }
    (void)PQsetNoticeProcessor(
        handle_.get(), [](void*, const char*) {}, nullptr
    );
    ++session_;
    auto ready = set_up();
    if (!ready) {
        handle_.reset();
    }
    return ready;
}

Result<void> PostgresDatabase::set_up() {
    // A server that is set to acknowledge before the disk has it would lose what was acknowledged.
    const auto about = query(fmt::format(
        "SET lock_timeout = '10s'; SET standard_conforming_strings = on;"
        "SET client_min_messages = warning; SET default_transaction_read_only = {};"
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') = 'off';"
        "SELECT current_setting('server_version_num'), current_setting('server_encoding'),"
        " hashtextextended(coalesce(current_schema(), '') || '/thidua/{}', 0), current_schema()",
        access_ == Access::ReadOnly ? "on" : "off",
        agency
    ));
    if (!about) {
        return std::unexpected(about.error());
    }
    const auto refused = [&](std::string_view why) {
        return fail(ErrorKind::Io, fmt::format("database {}: {}", location_.url, why));
    };
    if (std::atoi(PQgetvalue(about->get(), 0, 0)) < server_version_min) {
        return refused("the server is older than PostgreSQL 15");
    }
    if (std::string_view(PQgetvalue(about->get(), 0, 1)) != "UTF8") {
        return refused(
            "its encoding is not UTF8; make it with: createdb --encoding=UTF8 "
            "--template=template0 NAME"
        );
    }
    if (PQgetisnull(about->get(), 0, 3) != 0) {
        return refused("there is no schema to make tables in; check the user's search_path");
    }
    lock_key_ = std::atoll(PQgetvalue(about->get(), 0, 2));
    if (access_ == Access::ReadOnly || location_.holder.empty()) {
        return {};
    }
    return take_writer_lock();
}

Result<void> PostgresDatabase::take_writer_lock() {
    const auto taken = query(fmt::format("SELECT pg_try_advisory_lock({})", lock_key_));
    if (!taken) {
        return std::unexpected(taken.error());
    }
    if (std::string_view(PQgetvalue(taken->get(), 0, 0)) == "t") {
        return {};
    }
    const auto holder = query(fmt::format(
        "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
        " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
        " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND (l.classid::bigint << 32 | l.objid::bigint) = {}",
        lock_key_
    ));
    if (!holder) {
        return std::unexpected(holder.error());
    }
    return fail(
        ErrorKind::Io,
        fmt::format(
            "the store {} is being written by {}; stop it or wait for it",
            location_.url,
            PQntuples(holder->get()) > 0 ? one_line(PQgetvalue(holder->get(), 0, 0)) : "another"
        )
    );
}

bool PostgresDatabase::is_connected() const {
    return handle_ && PQstatus(handle_.get()) == CONNECTION_OK;
}

Result<void> PostgresDatabase::make_ready() {
    if (reading_ != nullptr) {
        reading_->take_rest();
    }
    if (is_connected()) {
        return {};
    }
    if (in_transaction_) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "database {}: the connection was lost in a transaction; nothing of it is kept",
                location_.url
            )
        );
    }
    return connect();
}

Result<PostgresResult> PostgresDatabase::query(const std::string& sql) {
    PostgresResult result(PQexec(handle_.get(), sql.c_str()));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
        return error("execute", result.get());
    }
    return result;
}

Result<std::unique_ptr<Statement>> PostgresDatabase::prepare(std::string_view sql) {
    return std::make_unique<PostgresStatement>(*this, number_placeholders(sql));
}

Result<void> PostgresDatabase::execute(const std::string& sql) {
    if (auto ready = make_ready(); !ready) {
        return ready;
    }
    const auto result = query(sql);
    return result ? Result<void>{} : std::unexpected(result.error());
}

Result<int> PostgresDatabase::schema_version() {
    if (auto ready = make_ready(); !ready) {
        return std::unexpected(ready.error());
    }
    const auto table = query("SELECT to_regclass('schema_version') IS NULL");
    if (!table) {
        return std::unexpected(table.error());
    }
    if (std::string_view(PQgetvalue(table->get(), 0, 0)) == "t") {
        return 0;
    }
    const auto version = query("SELECT max(version) FROM schema_version");
    if (!version) {
        return std::unexpected(version.error());
    }
    return std::atoi(PQgetvalue(version->get(), 0, 0));
}

Result<void> PostgresDatabase::set_schema_version(int version) {
    return execute(fmt::format(
        "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL);"
        "DELETE FROM schema_version; INSERT INTO schema_version VALUES ({})",
        version
    ));
}

Result<void> PostgresDatabase::copy_in(const std::string& sql, std::string_view bytes) {
    constexpr std::size_t piece_max = std::size_t{1} << 20U;
    if (auto ready = make_ready(); !ready) {
        return ready;
    }
    const PostgresResult begun(PQexec(handle_.get(), sql.c_str()));
    if (PQresultStatus(begun.get()) != PGRES_COPY_IN) {
        return error("copy", begun.get());
    }
    bool is_sent = true;
    while (is_sent && !bytes.empty()) {
        const std::string_view piece = bytes.substr(0, piece_max);
        is_sent = PQputCopyData(handle_.get(), piece.data(), static_cast<int>(piece.size())) == 1;
        bytes.remove_prefix(piece.size());
    }
    if (!is_sent || PQputCopyEnd(handle_.get(), nullptr) != 1) {
        return error("copy", nullptr);
    }
    const PostgresResult ended(PQgetResult(handle_.get()));
    while (PostgresResult(PQgetResult(handle_.get()))) {
    }
    return PQresultStatus(ended.get()) == PGRES_COMMAND_OK ? Result<void>{}
                                                           : error("copy", ended.get());
}

Result<void> PostgresDatabase::begin() {
    std::string sql = "BEGIN";
    if (access_ == Access::ReadWrite) {
        // One after another, as SQLite's writers: numbers are given by looking for the largest one.
        sql += fmt::format("; SELECT pg_advisory_xact_lock({})", lock_key_ ^ 1);
    }
    auto begun = execute(sql);
    if (!begun && !is_connected()) {
        begun = execute(sql);  // lost while nobody used it: nothing was done yet
    }
    in_transaction_ = is_connected() && PQtransactionStatus(handle_.get()) != PQTRANS_IDLE;
    if (!begun) {
        roll_back();
    }
    return begun;
}

Result<void> PostgresDatabase::begin_reading() {
    auto begun = execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    in_transaction_ = begun.has_value();
    return begun;
}

Result<void> PostgresDatabase::commit() {
    if (auto ready = make_ready(); !ready) {
        return ready;
    }
    const auto result = query("COMMIT");
    if (!result) {
        return is_connected()
                   ? std::unexpected(result.error())
                   : failed(
                         "commit, whose outcome is unknown (done again it changes nothing twice)",
                         result.error()
                     );
    }
    in_transaction_ = false;
    // A transaction with a failed statement in it is rolled back, which is no error to the server.
    if (std::string_view(PQcmdStatus(result->get())) != "COMMIT") {
        return fail(
            ErrorKind::Io,
            fmt::format("database {}: commit: a statement before it failed", location_.url)
        );
    }
    return {};
}

void PostgresDatabase::roll_back() {
    if (in_transaction_ && is_connected()) {
        (void)execute("ROLLBACK");
    }
    in_transaction_ = false;
}

}  // namespace thidua::store
