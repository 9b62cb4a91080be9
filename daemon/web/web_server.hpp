// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The status pages and machine endpoints of `thidua run`, on threads and a connection to the store
// of their own: whatever happens there, cycles go on.
#pragma once

#include "config/settings.hpp"
#include "core/result.hpp"
#include "daemon/web/daemon_state.hpp"

#include <memory>

namespace thidua::daemon::web {

class WebServer {
  public:
    /// `state` must outlive it. Nothing listens yet.
    WebServer(
        std::shared_ptr<const config::Settings> settings,
        const DaemonState& state,
        DaemonHooks hooks
    );
    WebServer(const WebServer&) = delete;
    WebServer& operator=(const WebServer&) = delete;
    ~WebServer();

    /// Listens, if the settings ask for it and nothing listens yet; may be tried again. Errors: Io
    /// if the address cannot be had; Config if the password file cannot be used.
    [[nodiscard]] Result<void> listen();

    /// From now on by these settings. True: the address is another one, which needs a restart.
    [[nodiscard]] bool use(std::shared_ptr<const config::Settings> settings);

    /// Ends all connections.
    void stop();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace thidua::daemon::web
