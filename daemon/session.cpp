// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/session.hpp"

#include "daemon/log.hpp"
#include "daemon/notify.hpp"
#include "daemon/output.hpp"
#include "daemon/store_commands.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

namespace thidua::daemon {
namespace {

Result<void> check_clock(store::Store& store, Session::Purpose purpose, bool is_virtual) {
    if (purpose == Session::Purpose::Simulate || is_virtual) {
        return store.mark_simulation();
    }
    const auto is_simulation = store.is_simulation();
    if (!is_simulation) {
        return std::unexpected(is_simulation.error());
    }
    if (*is_simulation) {
        return fail(
            ErrorKind::Usage,
            "the store was made for simulation; the real clock does not write to it. Give --now, "
            "or name another store (store.path)"
        );
    }
    return {};
}

/// While another daemon writes, this one is ready to take its place, and says so.
void stand_by(store::Location& location) {
    location.lock_wait = std::chrono::hours{24} * 36'500;
    location.told_of_wait = [](const std::string& words) {
        log_warning(words);
        notify("READY=1\nSTATUS=standing by: " + words);
    };
    location.waits = [] { notify("WATCHDOG=1"); };
}

}  // namespace

store::Location location_of(const config::Settings& settings, std::string holder) {
    store::Location location(settings.store_path);
    location.url = settings.store_url;
    location.password_file = settings.store_password_file;
    location.holder = std::move(holder);
    location.told_of_wait = [](const std::string& words) { log_warning(words); };
    return location;
}

Session::Session(
    const config::Settings& settings,
    std::optional<store::WriterLock> lock,
    store::Store store,
    std::optional<Instant> virtual_now,
    std::stop_token stop
)
    : lock_(std::move(lock)),
      store_(std::move(store)),
      clock_(virtual_now),
      service_{settings, store_, clock_, stop, make_wait(clock_, stop), [] {}} {}

Result<store::WriterLock> Session::take_lock(
    const config::Settings& settings, std::string_view command
) {
    std::error_code code;
    std::filesystem::create_directories(settings.store_path.parent_path(), code);
    return store::WriterLock::take(settings.store_path, fmt::format("thidua {}", command));
}

Result<std::unique_ptr<Session>> Session::open(
    const config::Settings& settings,
    Purpose purpose,
    std::optional<Instant> virtual_now,
    std::stop_token stop
) {
    check(purpose == Purpose::Read, "Session::open: who writes has the lock");
    auto store = store::Store::open(location_of(settings), store::Access::ReadOnly);
    if (!store) {
        return std::unexpected(store.error());
    }
    return std::unique_ptr<Session>(
        new Session(settings, std::nullopt, *std::move(store), virtual_now, std::move(stop))
    );
}

Result<std::unique_ptr<Session>> Session::open_for_writing(
    const config::Settings& settings,
    Purpose purpose,
    store::WriterLock lock,
    std::optional<Instant> virtual_now,
    std::stop_token stop
) {
    store::Location location = location_of(settings, lock.name());
    location.stop = stop;
    if (purpose == Purpose::Serve) {
        stand_by(location);
    }
    if (auto fits = bring_up_to_date(location, Clock(virtual_now).now()); !fits) {
        return std::unexpected(fits.error());
    }
    auto store = store::Store::open(location, store::Access::ReadWrite);
    if (!store) {
        return std::unexpected(store.error());
    }
    if (auto fits = check_clock(*store, purpose, virtual_now.has_value()); !fits) {
        return std::unexpected(fits.error());
    }
    std::unique_ptr<Session> session(
        new Session(settings, std::move(lock), *std::move(store), virtual_now, std::move(stop))
    );
    const auto closed = session->store().call([&](store::Store& open) -> Result<int> {
        const Instant now = session->clock().now();
        const auto term = open.raise_term();
        auto recorded = term ? record_opening(open, settings, now) : std::unexpected(term.error());
        return recorded ? open.close_interrupted(now) : std::unexpected(recorded.error());
    });
    if (!closed) {
        return std::unexpected(closed.error());
    }
    return session;
}

ExitCode report_error(const Error& error) {
    return report_error(terminal_output(), error);
}

struct StopOnSignal::State {
    boost::asio::io_context loop{1};
    boost::asio::signal_set signals{loop, SIGINT, SIGTERM};
    std::stop_source stop;
    std::jthread thread;
};

StopOnSignal::StopOnSignal() : state_(std::make_unique<State>()) {
    State& state = *state_;
    state.signals.async_wait([&state](const boost::system::error_code& code, int) {
        if (code) {
            return;
        }
        state.stop.request_stop();
        state.signals.async_wait([](const boost::system::error_code& second, int number) {
            if (!second) {
                std::_Exit(128 + number);
            }
        });
    });
    state.thread = std::jthread([&state] { (void)state.loop.run(); });
}

StopOnSignal::~StopOnSignal() {
    state_->loop.stop();
}

std::stop_token StopOnSignal::token() const {
    return state_->stop.get_token();
}

}  // namespace thidua::daemon
