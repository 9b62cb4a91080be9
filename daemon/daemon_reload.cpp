// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// How the daemon takes up a changed configuration.
#include "daemon/daemon.hpp"
#include "daemon/log.hpp"
#include "daemon/notify.hpp"
#include "daemon/reload.hpp"
#include "daemon/store_commands.hpp"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <future>
#include <utility>

namespace thidua::daemon {
namespace {

namespace asio = boost::asio;

/// Whoever waits for the outcome of a reload looks this often whether the service stops.
constexpr std::chrono::milliseconds look_for_outcome{100};

/// What systemd 252 wants to hear when a reload begins; READY=1 ends it.
std::string reloading() {
    timespec now{};
    (void)::clock_gettime(CLOCK_MONOTONIC, &now);
    return fmt::format(
        "RELOADING=1\nMONOTONIC_USEC={}", now.tv_sec * 1'000'000LL + now.tv_nsec / 1'000
    );
}

}  // namespace

void Daemon::wait_for_hangup() {
    hangup_.async_wait([this](const boost::system::error_code& code, int) {
        if (!code) {
            log_info("SIGHUP: the configuration is read again");
            reload_asked_.emplace_back([](const ReloadOutcome&) {});
            tick();
            wait_for_hangup();
        }
    });
}

void Daemon::begin_generation(config::Settings settings) {
    generation_ = std::make_unique<Generation>(
        session_,
        std::make_shared<const config::Settings>(std::move(settings)),
        stop_.get_token(),
        [this] { saw_progress(); }
    );
}

void Daemon::take_reload_jobs() {
    while (auto job = control_->next_job(WritingCommand::Manner::Reload)) {
        reload_asked_.emplace_back([this, job = *std::move(job)](const ReloadOutcome& outcome) {
            answer_job(job, outcome);
        });
    }
}

void Daemon::begin_reload() {
    take_reload_jobs();
    if (reload_asked_.empty()) {
        return;
    }
    auto next = read_again(generation_->settings());
    if (!next) {
        refuse_reload(next.error());
        return;
    }
    begin_work(false);
    notify(reloading());
    asio::post(worker_, [this, next = *std::move(next)]() mutable {
        CycleReport last = generation_->finish();
        asio::post(loop_, [this, next = std::move(next), last = std::move(last)] {
            finish_reload(next, last);
        });
    });
}

void Daemon::finish_reload(const config::Settings& next, const CycleReport& last) {
    log_cycle(last);
    const std::string old = generation_->settings().hash.substr(0, 12);
    generation_.reset();  // the next one's threads begin when this one's have ended
    begin_generation(next);
    generation_->follow(last);
    control_->use_configuration(next.hash);
    const auto recorded = session_.store().call([&](store::Store& store) {
        return record_opening(store, next, session_.clock().now());
    });
    if (!recorded) {
        log_error("configuration in force is not on record: " + recorded.error().message);
    }
    std::string words =
        fmt::format("configuration {} in force, before {}", next.hash.substr(0, 12), old);
    if (pages_.use(std::make_shared<const config::Settings>(next))) {
        words += "; the pages stay where they are: a restart lets web.listen take effect";
    }
    log_info(words);
    notify("READY=1");
    answer_reload(words);
    next_due_ = session_.clock().now();  // whatever falls due by it is looked at
    look_for_more();
}

void Daemon::refuse_reload(const std::vector<std::string>& reasons) {
    for (const std::string& reason : reasons) {
        log_error("configuration refused: " + reason);
    }
    log_error(fmt::format(
        "nothing was changed: configuration {} stays in force",
        generation_->settings().hash.substr(0, 12)
    ));
    generation_->refused(reasons);
    pages_.refused_reload();
    answer_reload(std::unexpected(reasons));
}

void Daemon::answer_reload(const ReloadOutcome& outcome) {
    for (const auto& answer : std::exchange(reload_asked_, {})) {
        answer(outcome);
    }
}

void Daemon::answer_job(const ControlJob& job, const ReloadOutcome& outcome) {
    if (outcome) {
        job.output.out(*outcome + "\n");
    } else {
        for (const std::string& reason : outcome.error()) {
            job.output.err(reason + "\n");
        }
        job.output.err("thidua: nothing was changed\n");
    }
    // The words go by way of the loop, so the last one must too.
    asio::post(loop_, [this, job, code = outcome ? ExitCode::Done : ExitCode::Config] {
        control_->finish(job, code);
    });
}

Daemon::ReloadOutcome Daemon::reload_for_pages() {
    const auto promise = std::make_shared<std::promise<ReloadOutcome>>();
    auto outcome = promise->get_future();
    asio::post(loop_, [this, promise] {
        reload_asked_.emplace_back([promise](const ReloadOutcome& said) {
            promise->set_value(said);
        });
        tick();
    });
    while (outcome.wait_for(look_for_outcome) != std::future_status::ready) {
        if (stop_.stop_requested()) {
            return std::unexpected(std::vector<std::string>{"the service is being stopped"});
        }
    }
    return outcome.get();
}

}  // namespace thidua::daemon
