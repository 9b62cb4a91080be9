// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua run: one event loop for timers and signals, one worker that runs cycles one after
// another, and between them the commands that are handed over; a backup has a thread of its own.
// The watchdog is fed while the worker idles or makes progress, not merely while we live.
#include "daemon/commands.hpp"
#include "daemon/control.hpp"
#include "daemon/control_socket.hpp"
#include "daemon/cycle.hpp"
#include "daemon/edition_job.hpp"
#include "daemon/log.hpp"
#include "daemon/notifier.hpp"
#include "daemon/notify.hpp"
#include "daemon/schedule.hpp"
#include "daemon/session.hpp"
#include "daemon/uploader.hpp"
#include "daemon/web/running_pages.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

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

class Daemon {
  public:
    Daemon(Session& session, std::stop_source& stop)
        : session_(session),
          stop_(stop),
          cycle_(session.service(), Cycle::Pulls::LeftRunning),
          notifier_(session.service()),
          uploader_(session.service()),
          pages_(
              std::make_shared<const config::Settings>(session.service().settings),
              session.clock(),
              {.reload = refuse_reload}
          ) {
        session_.on_progress([this] { last_progress_.store(steady_clock::now()); });
    }

    /// Makes the socket at which commands are handed over, and lets the lock file name it.
    Result<void> listen() {
        const config::Settings& settings = session_.service().settings;
        const auto path =
            control_socket_path(settings.store_path, std::getenv("RUNTIME_DIRECTORY"));
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

    /// Until a signal, or until another daemon has the store: then false.
    bool run() {
        wait_for_signals();
        notify("READY=1");
        tick();
        (void)loop_.run();
        pages_.stop();
        worker_.join();
        beside_.join();
        log_cycle(cycle_.finish());
        notify("STOPPING=1");
        return !was_overtaken_;
    }

  private:
    static std::expected<std::string, std::vector<std::string>> refuse_reload() {
        return std::unexpected(std::vector<std::string>{
            "a changed configuration is taken up by a restart of the service"});
    }

    void wait_for_signals() {
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

    void leave_if_idle() {
        if (!is_working_ && !is_copying_) {
            control_->leave([this] { loop_.stop(); });
        }
    }

    /// Looks whether something is due or was handed over, starts it, and waits for the next look.
    void tick() {
        if (stop_.stop_requested()) {
            return;
        }
        feed_watchdog();
        pages_.looked();
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

    steady_clock::duration time_to_next_tick() {
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

    void feed_watchdog() {
        const auto idle_for = steady_clock::now() - last_progress_.load();
        const bool is_busy = is_working_ || cycle_.is_busy();
        if (!is_busy || idle_for < stuck_after) {
            notify("WATCHDOG=1");
        }
    }

    /// A command's turn comes after at most one cycle, and a cycle's after at most one command.
    void start_next() {
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

    void begin_work(bool is_cycle) {
        is_working_ = true;
        was_cycle_ = is_cycle;
        last_progress_.store(steady_clock::now());
        pages_.began_work();
        notify("STATUS=working");
    }

    void start_command(ControlJob job) {
        begin_work(false);
        asio::post(worker_, [this, job = std::move(job)]() mutable {
            const ExitCode code = job.command->run(job.options, session_.service(), job.output);
            const auto next = cycle_.next_due();
            // Moved, so that the client's connection is let go on the loop's thread.
            asio::post(loop_, [this, job = std::move(job), code, next] {
                finish_command(job, code, next);
            });
        });
    }

    void finish_command(const ControlJob& job, ExitCode code, const Result<Instant>& next) {
        log_end(job, code);
        control_->finish(job, code);
        // What the command left to do, such as a message to try again, may be due earlier. What is
        // due already stays so.
        next_due_ = std::min(next_due_, next.value_or(Instant::max()));
        look_for_more();
    }

    /// A command that runs beside the cycles, on a thread of its own.
    void start_beside() {
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

    void finish_beside(const ControlJob& job, ExitCode code) {
        log_end(job, code);
        control_->finish(job, code);
        is_copying_ = false;
        if (stop_.stop_requested()) {
            leave_if_idle();
        } else {
            tick();
        }
    }

    static void log_end(const ControlJob& job, ExitCode code) {
        log_info(fmt::format("command {}: ended with {}", job.command->name, static_cast<int>(code))
        );
    }

    void start_cycle() {
        begin_work(true);
        asio::post(worker_, [this] {
            const CycleReport report = cycle_.run();
            const auto next = cycle_.next_due();
            const bool is_overtaken = session_.store().call([](const store::Store& store) {
                return store.is_overtaken();
            });
            asio::post(loop_, [this, report, next, is_overtaken] {
                finish_cycle(report, next);
                if (is_overtaken) {
                    leave_to_another();
                }
            });
        });
    }

    void finish_cycle(const CycleReport& report, const Result<Instant>& next) {
        log_cycle(report);
        pages_.ended_cycle(report);
        notifier_.take(report);
        uploader_.look();
        // What failed to be recorded is tried again soon, but not in a tight loop.
        const Instant soon = session_.clock().now() + std::chrono::minutes{1};
        next_due_ = next && report.errors.empty() ? *next : soon;
        look_for_more();
    }

    /// Another daemon has the store now. What this one has in memory is old: it begins anew, as the
    /// one that stands by.
    void leave_to_another() {
        log_error("another daemon has taken over the store; this one ends");
        was_overtaken_ = true;
        begin_stop();
    }

    void begin_stop() {
        notify("STOPPING=1\nSTATUS=stopping");
        pages_.began_to_stop();
        stop_.request_stop();
        timer_.cancel();
        control_->refuse_all();
        leave_if_idle();
    }

    void look_for_more() {
        is_working_ = false;
        pages_.ended_work(next_due_);
        if (stop_.stop_requested()) {
            leave_if_idle();
            return;
        }
        notify("STATUS=next due " + to_text(next_due_));
        tick();
    }

    Session& session_;
    std::stop_source& stop_;
    Cycle cycle_;
    Notifier notifier_;
    Uploader uploader_;
    web::RunningPages pages_;
    asio::io_context loop_{1};
    asio::signal_set signals_{loop_, SIGINT, SIGTERM};
    asio::steady_timer timer_{loop_};
    asio::thread_pool worker_{1};
    asio::thread_pool beside_{1};
    std::unique_ptr<ControlServer> control_;
    bool was_overtaken_ = false;
    bool is_working_ = false;
    bool is_copying_ = false;            // a command runs beside the worker
    bool was_cycle_ = false;             // what the worker did last, or does
    Instant next_due_ = Instant::min();  // the first tick looks at everything
    std::atomic<steady_clock::time_point> last_progress_{steady_clock::now()};
};

}  // namespace

ExitCode run_daemon(const Options& options, const config::Settings& settings) {
    if (options.now) {
        return report_error({ErrorKind::Usage, "run: works on the real clock; --now is for others"}
        );
    }
    std::stop_source stop;
    if (const auto documents = check_documents(settings); !documents) {
        return report_error(documents.error());
    }
    auto lock = Session::take_lock(settings, "run");
    if (!lock) {
        return report_error(lock.error());
    }
    auto session = Session::open_for_writing(
        settings, Session::Purpose::Serve, *std::move(lock), std::nullopt, stop.get_token()
    );
    if (!session) {
        return report_error(session.error());
    }
    log_info(fmt::format(
        "thidua {} runs campaign {} with {} sources, configuration {}",
        THIDUA_VERSION,
        settings.campaign.id,
        settings.sources.size(),
        settings.hash.substr(0, 12)
    ));
    Daemon daemon(**session, stop);
    if (auto listens = daemon.listen(); !listens) {
        return report_error(listens.error());
    }
    const bool was_asked = daemon.run();
    log_info("stopped");
    return was_asked ? ExitCode::Done : ExitCode::Io;
}

}  // namespace thidua::daemon
