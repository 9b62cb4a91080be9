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
#include <string_view>

namespace thidua::daemon {

/// Where the store is that the settings name. `holder`: who writes, by WriterLock::name().
[[nodiscard]] store::Location location_of(
    const config::Settings& settings, std::string holder = ""
);

/// Everything a command works with, alive as long as the command.
class Session {
  public:
    enum class Purpose {
        Read,
        Write,     ///< a virtual clock only on a store made for simulation
        Serve,     ///< the same; on PostgreSQL it stands by for as long as another writes
        Simulate,  ///< makes a new store one for simulation
    };

    /// The right to write, taken for `command` ("pull"), which those who come second are told.
    /// Errors: Io if somebody has it, with that one's name.
    [[nodiscard]] static Result<store::WriterLock> take_lock(
        const config::Settings& settings, std::string_view command
    );

    /// Opens the store to read it; `purpose` is Read. Errors: Io if the store cannot be had.
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(
        const config::Settings& settings,
        Purpose purpose,
        std::optional<Instant> virtual_now,
        std::stop_token stop
    );

    /// Opens the store to write to it, and keeps the lock. Errors: Io if the store cannot be had;
    /// Usage if clock and store do not go together.
    [[nodiscard]] static Result<std::unique_ptr<Session>> open_for_writing(
        const config::Settings& settings,
        Purpose purpose,
        store::WriterLock lock,
        std::optional<Instant> virtual_now,
        std::stop_token stop
    );

    [[nodiscard]] const Service& service() const { return service_; }
    [[nodiscard]] Clock& clock() { return clock_; }
    [[nodiscard]] SharedStore& store() { return store_; }
    /// Only of a session that writes.
    [[nodiscard]] store::WriterLock& lock() { return *lock_; }

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
