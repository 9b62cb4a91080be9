// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// HTTP for whoever connects, friend or not: two threads of its own, and limits of time, bytes and
// connections, so that nobody can hold it up, and it holds up nobody.
#pragma once

#include "core/result.hpp"
#include "daemon/web/message.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace thidua::daemon::web {

/// What is asked for to be answered. Called by the server's threads.
struct Handlers {
    struct AtOnce {
        std::optional<Response> response;  ///< nothing: `later` answers
        bool is_old = false;               ///< `later` makes a new one, for whoever comes next
    };
    /// In well under a millisecond, on the thread that serves everybody.
    std::function<AtOnce(const Request& request)> at_once;
    /// One after another, on a thread beside it; may take its time.
    std::function<Response(const Request& request)> later;
};

/// How much anybody may take. A connection that waits for nothing of ours is ended when another one
/// needs its place: who asks at once is answered, however many sit and wait.
struct Limits {
    std::size_t header_bytes = 8192;
    std::chrono::seconds header_time{5};     ///< for a whole request; of one kept alive as well
    std::chrono::seconds response_time{60};  ///< for a whole response to be taken
    std::size_t connections = 256;           ///< of the 1024 descriptors that the unit has
    std::size_t connections_of_one = 96;     ///< from one address; a reverse proxy is one
    std::size_t waiting = 64;                ///< requests for `later`
    std::size_t large_body = 256ULL * 1024;  ///< smaller ones are always sent
    std::size_t bytes_under_way = 64ULL * 1024 * 1024;  ///< of larger ones, in all
};

/// What happened since the service began; counted by the server's threads, for all to read.
struct Counters {
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> refused{0};      ///< malformed, too large, or too many at once
    std::atomic<std::uint64_t> evicted{0};      ///< connections ended to make room
    std::atomic<std::uint64_t> connections{0};  ///< just now
};

class HttpServer {
  public:
    /// Listens on `address`, a number; port 0: any that is free. `counters` must outlive it.
    /// Errors: Io, naming the address.
    [[nodiscard]] static Result<std::unique_ptr<HttpServer>> open(
        const std::string& address,
        int port,
        Handlers handlers,
        Counters& counters,
        const Limits& limits
    );
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    /// Ends all connections; what `later` has in hand is finished.
    ~HttpServer();

    [[nodiscard]] int port() const;

    struct State;

  private:
    explicit HttpServer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace thidua::daemon::web
