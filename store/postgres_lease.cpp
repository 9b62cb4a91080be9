// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_lease.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <array>
#include <memory>
#include <utility>

namespace thidua::store {
namespace {

using std::chrono::steady_clock;

struct FinishLease {
    void operator()(PGconn* handle) const { PQfinish(handle); }
};
using LeaseSession = std::unique_ptr<PGconn, FinishLease>;

LeaseSession connect_lease(
    const std::string& url, const std::string& password, const std::string& name
) {
    const std::array keywords{
        "connect_timeout",
        "tcp_user_timeout",
        "dbname",
        "application_name",
        "password",
        static_cast<const char*>(nullptr)};
    const std::array values{
        "5",
        "5000",
        url.c_str(),
        name.c_str(),
        password.empty() ? nullptr : password.c_str(),
        static_cast<const char*>(nullptr)};
    return LeaseSession(PQconnectdbParams(keywords.data(), values.data(), 1));
}

bool answers(PGconn* session) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(
        PQexec(session, "SELECT 1"), &PQclear
    );
    return PQresultStatus(result.get()) == PGRES_TUPLES_OK;
}

}  // namespace

PostgresLease::PostgresLease(std::string url, std::string password, int writer)
    : url_(std::move(url)),
      password_(std::move(password)),
      name_(name_of(writer)),
      thread_([this](const std::stop_token& stop) { beat(stop); }) {}

PostgresLease::~PostgresLease() {
    thread_.request_stop();
}

bool PostgresLease::is_fresh() const {
    return steady_clock::now() - heard_.load() < lease_length / 2;
}

std::string PostgresLease::name_of(int writer) {
    return fmt::format("thidua lease {}", writer);
}

void PostgresLease::beat(const std::stop_token& stop) {
    LeaseSession session;
    while (!stop.stop_requested()) {
        if (!session) {
            session = connect_lease(url_, password_, name_);
        }
        // What was asked counts from when it was asked: the answer may have been under way for
        // long.
        const auto asked = steady_clock::now();
        if (PQstatus(session.get()) == CONNECTION_OK && answers(session.get())) {
            heard_.store(asked);
        } else {
            session.reset();
        }
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, heartbeat_interval, [] { return false; });
    }
}

}  // namespace thidua::store
