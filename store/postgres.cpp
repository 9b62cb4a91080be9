// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/postgres.hpp"

#include "core/text.hpp"
#include "store/postgres_values.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <cstdlib>

namespace thidua::store {
namespace {

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

}  // namespace

void ClearResult::operator()(pg_result* result) const {
    PQclear(result);
}

void PostgresDatabase::Finish::operator()(pg_conn* handle) const {
    PQfinish(handle);
}

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

Result<std::unique_ptr<DatabaseCopy>> PostgresDatabase::start_copy(
    const std::filesystem::path& target
) {
    return fail(
        ErrorKind::Usage,
        fmt::format(
            "a store on PostgreSQL is copied with its own tool: pg_dump --format=custom --file={} "
            "'{}'",
            target.string(),
            location_.url
        )
    );
}

Result<PostgresResult> PostgresDatabase::run_with(
    const std::string& sql, std::span<const PostgresArray> values
) {
    if (auto ready = make_ready(); !ready) {
        return std::unexpected(ready.error());
    }
    std::vector<Oid> types;
    std::vector<const char*> starts;
    std::vector<int> lengths;
    for (const PostgresArray& value : values) {
        types.push_back(value.type());
        starts.push_back(value.bytes().data());
        lengths.push_back(static_cast<int>(value.bytes().size()));
    }
    const std::vector<int> binary(values.size(), 1);
    PostgresResult result(PQexecParams(
        handle_.get(),
        sql.c_str(),
        static_cast<int>(values.size()),
        types.data(),
        starts.data(),
        lengths.data(),
        binary.data(),
        1
    ));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        return error("run", result.get());
    }
    return result;
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
