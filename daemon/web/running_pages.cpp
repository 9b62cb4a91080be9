// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/web/running_pages.hpp"

#include "daemon/log.hpp"

#include <utility>

namespace thidua::daemon::web {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::minutes listen_again_after{1};

}  // namespace

RunningPages::RunningPages(
    std::shared_ptr<const config::Settings> settings, const Clock& clock, DaemonHooks hooks
)
    : clock_(clock), server_(settings, state_, std::move(hooks)) {
    state_.update([&](DaemonFacts& facts) {
        facts.config_hash = settings->hash;
        facts.started_at = clock_.now();
        facts.loaded_at = facts.started_at;
    });
}

void RunningPages::listen() {
    listen_at_ = steady_clock::time_point::max();
    if (auto listens = server_.listen(); !listens) {
        if (listens.error().message != problem_) {
            problem_ = listens.error().message;
            log_error(problem_ + "; work goes on without pages");
        }
        listen_at_ = steady_clock::now() + listen_again_after;
    }
}

void RunningPages::looked() {
    if (steady_clock::now() >= listen_at_) {
        listen();
    }
    state_.update([this](DaemonFacts& facts) { facts.looked_at = clock_.now(); });
}

void RunningPages::began_work() {
    state_.update([](DaemonFacts& facts) { facts.is_busy = true; });
}

void RunningPages::ended_work(Instant next_due) {
    state_.update([&](DaemonFacts& facts) {
        facts.is_busy = false;
        facts.next_due = next_due;
    });
}

void RunningPages::ended_cycle(const CycleReport& report) {
    state_.update([&](DaemonFacts& facts) {
        facts.last_cycle_end = clock_.now();
        for (const PullReport& pull : report.pulls) {
            ++facts.pulls[{pull.source, pull.error ? "failed" : "complete"}];
            if (pull.error) {
                ++facts.errors[{pull.source, std::string(to_text(pull.error->kind))}];
            }
        }
    });
}

void RunningPages::began_to_stop() {
    state_.update([](DaemonFacts& facts) { facts.is_stopping = true; });
}

bool RunningPages::use(std::shared_ptr<const config::Settings> settings) {
    state_.update([&](DaemonFacts& facts) {
        facts.config_hash = settings->hash;
        facts.is_last_reload_good = true;
        facts.loaded_at = clock_.now();
    });
    return server_.use(std::move(settings));
}

void RunningPages::refused_reload() {
    state_.update([](DaemonFacts& facts) { facts.is_last_reload_good = false; });
}

}  // namespace thidua::daemon::web
