// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// How a session with PostgreSQL begins.
#include "core/file.hpp"
#include "core/text.hpp"
#include "store/postgres.hpp"
#include "store/schema.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstdlib>
#include <thread>
#include <utility>

namespace thidua::store {
namespace {

constexpr int server_version_min = 150'000;  // the oldest that is tested

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
        "{} on host {}", location.holder.empty() ? "thidua" : location.holder, host_name()
    );
}

}  // namespace

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

Result<void> PostgresDatabase::connect() {
    lease_.reset();
    std::string password;
    if (!location_.password_file.empty()) {
        auto secret = read_secret(location_.password_file);
        if (!secret) {
            return failed("store.password_file", secret.error());
        }
        password = *std::move(secret);
    }
    if (auto begun = begin_session(password); !begun) {
        return begun;
    }
    auto ready = set_up();
    if (ready && writes_alone()) {
        lease_ = std::make_unique<PostgresLease>(
            location_.url, std::move(password), PQbackendPID(handle_.get())
        );
    }
    ready = ready ? check_term() : ready;
    if (!ready) {
        lease_.reset();
        handle_.reset();
    }
    return ready;
}

Result<void> PostgresDatabase::begin_session(const std::string& password) {
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
    return {};
}

bool PostgresDatabase::writes_alone() const {
    return access_ == Access::ReadWrite && !location_.holder.empty();
}

/// A session that is begun anew may come after another writer's: what is in memory is old then.
Result<void> PostgresDatabase::check_term() {
    if (!expected_term_) {
        return {};
    }
    const auto term = query(fmt::format(
        "SELECT value FROM meta WHERE agency = {} AND key = 'term' AND value <> '{}'",
        agency,
        *expected_term_
    ));
    if (!term) {
        return std::unexpected(term.error());
    }
    if (PQntuples(term->get()) == 0) {
        return {};
    }
    is_overtaken_ = true;
    return fail(
        ErrorKind::Io,
        fmt::format(
            "the store {} was written by another since (term {}, ours was {}); start again",
            location_.url,
            PQgetvalue(term->get(), 0, 0),
            *expected_term_
        )
    );
}

Result<void> PostgresDatabase::set_up() {
    // A writer whose machine is gone must not hold the lock for hours. And a server that is set to
    // acknowledge before the disk has it would lose what was acknowledged.
    const auto about = query(fmt::format(
        "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10;"
        "SET tcp_keepalives_count = 3; SET tcp_user_timeout = 60000;"
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
    return writes_alone() ? take_writer_lock() : Result<void>{};
}

Result<bool> PostgresDatabase::try_writer_lock() {
    const auto taken = query(fmt::format("SELECT pg_try_advisory_lock({})", lock_key_));
    return taken ? Result<bool>(std::string_view(PQgetvalue(taken->get(), 0, 0)) == "t")
                 : std::unexpected(taken.error());
}

/// Whose session holds the lock.
Result<std::optional<PostgresDatabase::Writer>> PostgresDatabase::writer() {
    const auto holder = query(fmt::format(
        "SELECT a.application_name, a.pid,"
        " (SELECT extract(epoch FROM clock_timestamp() - max(h.state_change))::bigint * 1000"
        "  FROM pg_stat_activity h WHERE h.application_name = 'thidua lease ' || a.pid)"
        " FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
        " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
        " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND (l.classid::bigint << 32 | l.objid::bigint) = {}",
        lock_key_
    ));
    if (!holder) {
        return std::unexpected(holder.error());
    }
    if (PQntuples(holder->get()) == 0) {
        return std::nullopt;
    }
    Writer writer{one_line(PQgetvalue(holder->get(), 0, 0)), PQgetvalue(holder->get(), 0, 1), {}};
    if (PQgetisnull(holder->get(), 0, 2) == 0) {
        writer.silent_for = std::chrono::milliseconds{std::atoll(PQgetvalue(holder->get(), 0, 2))};
    }
    return writer;
}

/// Ends the session of a writer whose lease has run out: it is frozen, or cut off. Whatever it
/// tries to write afterwards is refused by the server.
Result<void> PostgresDatabase::depose(const Writer& writer) {
    const auto ended = query(fmt::format("SELECT pg_terminate_backend({})", writer.process));
    if (ended && location_.told_of_wait) {
        location_.told_of_wait(fmt::format(
            "{} was not heard of for {} s: its session with the store {} is ended",
            writer.name,
            std::chrono::duration_cast<std::chrono::seconds>(*writer.silent_for).count(),
            location_.url
        ));
    }
    return ended ? Result<void>{} : std::unexpected(ended.error());
}

/// The server lets go of a killed writer's lock when it has noticed, which takes it a moment: until
/// its session is through with what it was sent.
Result<void> PostgresDatabase::take_writer_lock() {
    using std::chrono::steady_clock;
    constexpr std::chrono::milliseconds look_again_after{100};
    const auto begin = steady_clock::now();
    bool is_told = false;
    while (true) {
        const auto taken = try_writer_lock();
        if (!taken || *taken) {
            return taken ? Result<void>{} : std::unexpected(taken.error());
        }
        const auto holder = writer();
        if (!holder) {
            return std::unexpected(holder.error());
        }
        if (*holder && (*holder)->silent_for && *(*holder)->silent_for > lease_length) {
            if (auto deposed = depose(**holder); !deposed) {
                return deposed;
            }
        }
        const std::string held = fmt::format(
            "the store {} is being written by {}",
            location_.url,
            *holder ? (*holder)->name : "another"
        );
        // Who had it before and does not get it back at once is overtaken: another goes on with it.
        constexpr std::chrono::milliseconds back_within{10'000};
        const auto longest =
            expected_term_ ? std::min(back_within, location_.lock_wait) : location_.lock_wait;
        if (location_.stop.stop_requested() || steady_clock::now() - begin >= longest) {
            is_overtaken_ = expected_term_.has_value();
            return fail(
                location_.stop.stop_requested() ? ErrorKind::Stopped : ErrorKind::Io,
                held + "; stop it or wait for it"
            );
        }
        if (!is_told && location_.told_of_wait) {
            const auto seconds = std::chrono::ceil<std::chrono::seconds>(longest);
            location_.told_of_wait(
                seconds > std::chrono::hours{1}
                    ? held + "; standing by"
                    : fmt::format("{}; waiting for up to {} s", held, seconds.count())
            );
        }
        is_told = true;
        if (location_.waits) {
            location_.waits();
        }
        std::this_thread::sleep_for(look_again_after);
    }
}

}  // namespace thidua::store
