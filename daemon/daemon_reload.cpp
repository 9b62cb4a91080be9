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

#include <ctime>
#include <utility>

namespace thidua::daemon {
namespace {

namespace asio = boost::asio;

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
            is_reload_asked_for_ = true;
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

void Daemon::begin_reload() {
    std::vector<ControlJob> asked;
    while (auto job = control_->next_job(WritingCommand::Manner::Reload)) {
        asked.push_back(*std::move(job));
    }
    if (asked.empty() && !is_reload_asked_for_) {
        return;
    }
    is_reload_asked_for_ = false;
    auto next = read_again(generation_->settings());
    if (!next) {
        refuse_reload(asked, next.error());
        return;
    }
    begin_work(false);
    notify(reloading());
    asio::post(worker_, [this, asked = std::move(asked), next = *std::move(next)]() mutable {
        CycleReport last = generation_->finish();
        // Moved, so that the clients' connections are let go on the loop's thread.
        asio::post(
            loop_,
            [this, asked = std::move(asked), next = std::move(next), last = std::move(last)] {
                finish_reload(asked, next, last);
            }
        );
    });
}

void Daemon::finish_reload(
    const std::vector<ControlJob>& asked, const config::Settings& next, const CycleReport& last
) {
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
    const std::string words =
        fmt::format("configuration {} in force, before {}", next.hash.substr(0, 12), old);
    log_info(words);
    notify("READY=1");
    for (const ControlJob& job : asked) {
        job.output.out(words + "\n");
        finish_after_words(job, ExitCode::Done);
    }
    next_due_ = session_.clock().now();  // whatever falls due by it is looked at
    look_for_more();
}

void Daemon::refuse_reload(
    const std::vector<ControlJob>& asked, const std::vector<std::string>& reasons
) {
    for (const std::string& reason : reasons) {
        log_error("configuration refused: " + reason);
    }
    generation_->refused(reasons);
    const std::string stays = fmt::format(
        "nothing was changed: configuration {} stays in force",
        generation_->settings().hash.substr(0, 12)
    );
    log_error(stays);
    for (const ControlJob& job : asked) {
        for (const std::string& reason : reasons) {
            job.output.err(reason + "\n");
        }
        job.output.err("thidua: " + stays + "\n");
        finish_after_words(job, ExitCode::Config);
    }
}

void Daemon::finish_after_words(const ControlJob& job, ExitCode code) {
    asio::post(loop_, [this, job, code] { control_->finish(job, code); });
}

}  // namespace thidua::daemon
