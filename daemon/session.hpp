// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// How a command opens the store, and on which clock it works.
#pragma once

#include "daemon/options.hpp"
#include "daemon/service.hpp"
#include "store/writer_lock.hpp"

#include <memory>
#include <optional>
#include <string>

namespace thidua::daemon {

/// Everything a command works with, alive as long as the command.
class Session {
  public:
    enum class Purpose {
        Read,
        Write,     ///< takes the writer's lock; a virtual clock only on a store made for simulation
        Simulate,  ///< takes the writer's lock and makes a new store one for simulation
    };

    /// Errors: Io if the store cannot be had; Usage if clock and store do not go together.
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(
        const config::Settings& settings,
        Purpose purpose,
        std::optional<Instant> virtual_now,
        std::stop_token stop
    );

    [[nodiscard]] const Service& service() const { return service_; }
    [[nodiscard]] Clock& clock() { return clock_; }
    [[nodiscard]] SharedStore& store() { return store_; }

    /// Told after each step of work; for the daemon's watchdog.
    void on_progress(std::function<void()> progressed) {
        service_.progressed = std::move(progressed);
    }

  private:
    Session(
        const config::Settings& settings,
        std::optional<store::WriterLock> lock,
        store::Store store,
        std::optional<Instant> virtual_now,
        std::stop_token stop
    );

    std::optional<store::WriterLock> lock_;
    SharedStore store_;
    Clock clock_;
    Service service_;
};

/// Prints the error on stderr and gives the exit code that goes with it.
[[nodiscard]] ExitCode report_error(const Error& error);

/// Asks `stop` to stop at the first SIGINT or SIGTERM; a second one ends the process.
class StopOnSignal {
  public:
    StopOnSignal();
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;
    ~StopOnSignal();
    [[nodiscard]] std::stop_token token() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace thidua::daemon
