// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The lease of the one who writes to a PostgreSQL store (docs/decisions/0019). Private to store/.
#pragma once

#include "core/result.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace thidua::store {

/// Whoever writes is heard of this often; who is not heard of for the lease is taken for dead or
/// frozen, and its session is ended by who comes next.
inline constexpr std::chrono::milliseconds heartbeat_interval{3'000};
inline constexpr std::chrono::milliseconds lease_length{15'000};

/// A session of its own that asks the server something every few seconds, so that it sees us live.
/// It ends with this object.
class PostgresLease {
  public:
    /// `url` and `password` as the writer's session has them; `writer` is that session's process on
    /// the server, by whose number the lease is known.
    PostgresLease(std::string url, std::string password, int writer);
    PostgresLease(const PostgresLease&) = delete;
    PostgresLease& operator=(const PostgresLease&) = delete;
    ~PostgresLease();

    /// Whether the server has heard of us within half the lease: there is no other writer yet.
    [[nodiscard]] bool is_fresh() const;

    /// What pg_stat_activity calls the lease of a writer's session.
    [[nodiscard]] static std::string name_of(int writer);

  private:
    void beat(const std::stop_token& stop);

    std::string url_;
    std::string password_;
    std::string name_;
    std::atomic<std::chrono::steady_clock::time_point> heard_{std::chrono::steady_clock::now()};
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;  // last: it uses the others
};

}  // namespace thidua::store
