// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The watchdog is fed while the worker idles or makes progress, not merely while we live.
#include "daemon/daemon.hpp"

#include "daemon/control_socket.hpp"
#include "daemon/log.hpp"
#include "daemon/notify.hpp"
#include "daemon/schedule.hpp"

#include <boost/asio/post.hpp>
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

namespace thidua::daemon {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

/// However far away the next slot is, the wall clock is looked at this often, so that a step of
/// the clock or a suspended machine loses no slot.
constexpr std::chrono::seconds longest_wait{30};

/// A cycle without a single finished step for this long is taken for hung: the watchdog starves
/// and systemd restarts us. Longer than the longest time one request may take with its retries.
constexpr std::chrono::minutes stuck_after{30};

}  // namespace

Daemon::Daemon(Session& session, const config::Settings& settings, std::stop_source& stop)
    : session_(session),
      stop_(stop),
      pages_(
          std::make_shared<const config::Settings>(settings),
          session.clock(),
          {.reload = [this] { return reload_for_pages(); }}
      ) {
    session_.on_progress([this] { saw_progress(); });
    begin_generation(settings);
}

Result<void> Daemon::listen() {
    const config::Settings& settings = generation_->settings();
    const auto path = control_socket_path(settings.store_path, std::getenv("RUNTIME_DIRECTORY"));
    if (!path) {
        return std::unexpected(path.error());
    }
    auto control = ControlServer::open(
        loop_,
        {*path,
         settings.hash,
         [this](std::string_view command, const std::string& asked_by) {
             log_info(fmt::format("command {}: asked for by {}", command, asked_by));
             tick();
         },
         {}}
    );
    if (!control) {
        return std::unexpected(control.error());
    }
    control_ = *std::move(control);
    pages_.listen();
    return session_.lock().announce(*path);
}

bool Daemon::run() {
    wait_for_signals();
    wait_for_hangup();
    notify("READY=1");
    tick();
    (void)loop_.run();
    pages_.stop();
    worker_.join();
    beside_.join();
    log_cycle(generation_->finish());
    notify("STOPPING=1");
    return !was_overtaken_;
}

void Daemon::wait_for_signals() {
    signals_.async_wait([this](const boost::system::error_code& code, int number) {
        if (code) {
            return;
        }
        if (stop_.stop_requested()) {
            std::_Exit(128 + number);  // asked twice: at once
        }
        log_info("stopping: the step in hand is finished first");
        wait_for_signals();
        begin_stop();
    });
}

void Daemon::saw_progress() {
    last_progress_.store(steady_clock::now());
}

void Daemon::leave_if_idle() {
    if (!is_working_ && !is_copying_) {
        control_->leave([this] { loop_.stop(); });
    }
}

void Daemon::tick() {
    if (stop_.stop_requested()) {
        return;
    }
    feed_watchdog();
    pages_.looked();
    if (!is_working_) {
        begin_reload();
    }
    if (!is_working_) {
        start_next();
    }
    if (!is_copying_) {
        start_beside();
    }
    timer_.expires_after(time_to_next_tick());
    timer_.async_wait([this](const boost::system::error_code& code) {
        if (!code) {
            tick();
        }
    });
}

steady_clock::duration Daemon::time_to_next_tick() {
    steady_clock::duration wait = longest_wait;
    if (const auto interval = watchdog_interval()) {
        wait = std::min<steady_clock::duration>(wait, *interval / 2);
    }
    if (!is_working_ && next_due_ != Instant::min()) {
        const auto left = next_due_ - session_.clock().now();
        wait = std::clamp<steady_clock::duration>(left, std::chrono::milliseconds{50}, wait);
    }
    return wait;
}

void Daemon::feed_watchdog() {
    const auto idle_for = steady_clock::now() - last_progress_.load();
    const bool is_busy = is_working_ || generation_->cycle().is_busy();
    if (!is_busy || idle_for < stuck_after) {
        notify("WATCHDOG=1");
    }
}

void Daemon::start_next() {
    const bool is_cycle_due = session_.clock().now() >= next_due_;
    if (!is_cycle_due || was_cycle_) {
        if (auto job = control_->next_job(WritingCommand::Manner::InTurn)) {
            start_command(*std::move(job));
            return;
        }
    }
    if (is_cycle_due) {
        start_cycle();
    }
}

void Daemon::begin_work(bool is_cycle) {
    is_working_ = true;
    was_cycle_ = is_cycle;
    saw_progress();
    pages_.began_work();
    notify("STATUS=working");
}

void Daemon::start_command(ControlJob job) {
    begin_work(false);
    asio::post(worker_, [this, job = std::move(job)]() mutable {
        const ExitCode code = job.command->run(job.options, generation_->service(), job.output);
        const auto next = generation_->cycle().next_due();
        // Moved, so that the client's connection is let go on the loop's thread.
        asio::post(loop_, [this, job = std::move(job), code, next] {
            finish_command(job, code, next);
        });
    });
}

void Daemon::finish_command(const ControlJob& job, ExitCode code, const Result<Instant>& next) {
    log_end(job, code);
    control_->finish(job, code);
    // What the command left to do, such as a message to try again, may be due earlier. What is
    // due already stays so.
    next_due_ = std::min(next_due_, next.value_or(Instant::max()));
    look_for_more();
}

void Daemon::start_beside() {
    auto next = control_->next_job(WritingCommand::Manner::Beside);
    if (!next) {
        return;
    }
    is_copying_ = true;
    asio::post(beside_, [this, job = *std::move(next)]() mutable {
        const ExitCode code = job.command->run(job.options, session_.service(), job.output);
        asio::post(loop_, [this, job = std::move(job), code] { finish_beside(job, code); });
    });
}

void Daemon::finish_beside(const ControlJob& job, ExitCode code) {
    log_end(job, code);
    control_->finish(job, code);
    is_copying_ = false;
    if (stop_.stop_requested()) {
        leave_if_idle();
    } else {
        tick();
    }
}

void Daemon::log_end(const ControlJob& job, ExitCode code) {
    log_info(fmt::format("command {}: ended with {}", job.command->name, static_cast<int>(code)));
}

void Daemon::start_cycle() {
    begin_work(true);
    asio::post(worker_, [this] {
        const CycleReport report = generation_->cycle().run();
        if (!report.pulls.empty()) {
            // What a pull of millions of records needed is given back, not kept for the next one.
            (void)::malloc_trim(0);
        }
        const auto next = generation_->cycle().next_due();
        const bool is_overtaken =
            session_.store().call([](const store::Store& store) { return store.is_overtaken(); });
        asio::post(loop_, [this, report, next, is_overtaken] {
            finish_cycle(report, next);
            if (is_overtaken) {
                leave_to_another();
            }
        });
    });
}

void Daemon::finish_cycle(const CycleReport& report, const Result<Instant>& next) {
    log_cycle(report);
    pages_.ended_cycle(report);
    generation_->follow(report);
    // What failed to be recorded is tried again soon, but not in a tight loop.
    const Instant soon = session_.clock().now() + std::chrono::minutes{1};
    next_due_ = next && report.errors.empty() ? *next : soon;
    look_for_more();
}

void Daemon::leave_to_another() {
    log_error("another daemon has taken over the store; this one ends");
    was_overtaken_ = true;
    begin_stop();
}

void Daemon::begin_stop() {
    notify("STOPPING=1\nSTATUS=stopping");
    pages_.began_to_stop();
    stop_.request_stop();
    timer_.cancel();
    control_->refuse_all();
    leave_if_idle();
}

void Daemon::look_for_more() {
    is_working_ = false;
    pages_.ended_work(next_due_);
    if (stop_.stop_requested()) {
        leave_if_idle();
        return;
    }
    notify("STATUS=next due " + to_text(next_due_));
    tick();
}

}  // namespace thidua::daemon
