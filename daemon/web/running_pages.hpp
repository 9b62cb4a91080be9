// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The daemon's side of its pages: it tells them what it does, and lets visitors in.
#pragma once

#include "daemon/clock.hpp"
#include "daemon/cycle.hpp"
#include "daemon/web/daemon_state.hpp"
#include "daemon/web/web_server.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace thidua::daemon::web {

/// Used by the daemon's event loop.
class RunningPages {
  public:
    /// `clock` must outlive it.
    RunningPages(
        std::shared_ptr<const config::Settings> settings, const Clock& clock, DaemonHooks hooks
    );

    /// Begins to serve. An address that somebody else has is told once and tried again in a minute:
    /// work goes on without pages.
    void listen();

    /// The loop looks for work: it lives. Listens if that is to be tried again.
    void looked();
    void began_work();
    void ended_work(Instant next_due);
    void ended_cycle(const CycleReport& report);
    void began_to_stop();

    /// A reload was taken up, or refused. True: pages stay where they are, since another address
    /// needs a restart.
    [[nodiscard]] bool use(std::shared_ptr<const config::Settings> settings);
    void refused_reload();

    /// Ends all connections.
    void stop() { server_.stop(); }

  private:
    const Clock& clock_;
    DaemonState state_;
    WebServer server_;
    std::chrono::steady_clock::time_point listen_at_{};
    std::string problem_;  // why nobody can be let in; told once
};

}  // namespace thidua::daemon::web
