// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua run: one event loop for timers and signals, one worker that runs cycles one after
// another, and between them the commands that are handed over; a backup has a thread of its own.
#pragma once

#include "daemon/control.hpp"
#include "daemon/generation.hpp"
#include "daemon/session.hpp"
#include "daemon/web/running_pages.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <chrono>
#include <csignal>
#include <expected>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace thidua::daemon {

/// All members on the loop's thread, but for what is said of the worker.
class Daemon {
  public:
    Daemon(Session& session, const config::Settings& settings, std::stop_source& stop);

    /// Makes the socket at which commands are handed over, and lets the lock file name it.
    Result<void> listen();

    /// Until a signal, or until another daemon has the store: then false.
    bool run();

  private:
    /// What is in force now, in words; or the reasons why a changed configuration is refused.
    using ReloadOutcome = std::expected<std::string, std::vector<std::string>>;

    void wait_for_signals();
    void wait_for_hangup();
    void saw_progress();
    void begin_generation(config::Settings settings);
    void leave_if_idle();

    /// Looks whether something is due or was handed over, starts it, and waits for the next look.
    void tick();
    std::chrono::steady_clock::duration time_to_next_tick();
    void feed_watchdog();

    /// Takes up a changed configuration between two steps, if somebody asked for that. What does
    /// not hold is refused, and everything goes on as it was.
    void begin_reload();
    void take_reload_jobs();
    void finish_reload(const config::Settings& next, const CycleReport& last);
    void refuse_reload(const std::vector<std::string>& reasons);
    void answer_reload(const ReloadOutcome& outcome);
    void answer_job(const ControlJob& job, const ReloadOutcome& outcome);

    /// For the threads of the pages: asks for a reload and waits for its outcome.
    [[nodiscard]] ReloadOutcome reload_for_pages();

    /// A command's turn comes after at most one cycle, and a cycle's after at most one command.
    void start_next();
    void begin_work(bool is_cycle);
    void start_command(ControlJob job);
    void finish_command(const ControlJob& job, ExitCode code, const Result<Instant>& next);

    /// A command that runs beside the cycles, on a thread of its own.
    void start_beside();
    void finish_beside(const ControlJob& job, ExitCode code);
    static void log_end(const ControlJob& job, ExitCode code);
    void start_cycle();
    void finish_cycle(const CycleReport& report, const Result<Instant>& next);

    /// Another daemon has the store now. What this one has in memory is old: it begins anew, as the
    /// one that stands by.
    void leave_to_another();
    void begin_stop();
    void look_for_more();

    Session& session_;
    std::stop_source& stop_;
    std::unique_ptr<Generation> generation_;  // always there; changed while the worker idles
    web::RunningPages pages_;
    boost::asio::io_context loop_{1};
    boost::asio::signal_set signals_{loop_, SIGINT, SIGTERM};
    boost::asio::signal_set hangup_{loop_, SIGHUP};
    boost::asio::steady_timer timer_{loop_};
    boost::asio::thread_pool worker_{1};
    boost::asio::thread_pool beside_{1};
    std::unique_ptr<ControlServer> control_;
    bool was_overtaken_ = false;
    /// Who asked for a reload and waits for its outcome; SIGHUP asks without waiting.
    std::vector<std::function<void(const ReloadOutcome&)>> reload_asked_;
    bool is_working_ = false;
    bool is_copying_ = false;            // a command runs beside the worker
    bool was_cycle_ = false;             // what the worker did last, or does
    Instant next_due_ = Instant::min();  // the first tick looks at everything
    std::atomic<std::chrono::steady_clock::time_point> last_progress_{
        std::chrono::steady_clock::now()};
};

}  // namespace thidua::daemon
