// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which path gives what to whom. Routes are fixed; whatever else is asked for is not there.
#pragma once

#include "daemon/web/access.hpp"
#include "daemon/web/daemon_state.hpp"
#include "daemon/web/http_server.hpp"
#include "daemon/web/route.hpp"
#include "daemon/web/snapshot.hpp"
#include "daemon/web/words.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace thidua::daemon::web {

/// Answers requests out of the store, and keeps each answer for a few seconds, so that many who
/// look cost no more than one.
class Site {
  public:
    /// `state` and `counters` must outlive it.
    Site(
        std::shared_ptr<const config::Settings> settings,
        const DaemonState& state,
        DaemonHooks hooks,
        const Counters& counters
    );

    /// From now on by these settings. For any thread.
    void use(std::shared_ptr<const config::Settings> settings);

    [[nodiscard]] Handlers::AtOnce at_once(const Request& request);
    /// For one thread.
    [[nodiscard]] Response later(const Request& request);

  private:
    using Time = std::chrono::steady_clock::time_point;

    struct Kept {
        Response response;
        Time made_at;
    };

    [[nodiscard]] Response answer(const Request& request, const Route& route);
    [[nodiscard]] Response reload();
    [[nodiscard]] Response page_of(const Route& route, const Words& words);
    [[nodiscard]] Response page_of_figures(
        const Route& route, const Words& words, const Reader& reader
    );
    [[nodiscard]] Response edition_or_document(
        const std::string& name, const Words& words, const Reader& reader
    );
    [[nodiscard]] Response for_machine(const Route& route);
    [[nodiscard]] Response failure(const Words& words, const Error& error);
    /// Opened again after a failure, and for new settings.
    [[nodiscard]] Result<Reader*> reader();
    void report(const Error& error);

    std::mutex mutex_;  // of the settings and of what is kept
    std::shared_ptr<const config::Settings> settings_;
    std::shared_ptr<Access> access_;
    std::map<std::string, Kept> kept_;  // by language and path
    std::set<std::string> renewing_;    // keys that `later` has been asked for

    const DaemonState& state_;
    DaemonHooks hooks_;
    const Counters& counters_;

    // Of the thread that calls later().
    std::unique_ptr<Reader> reader_;
    std::shared_ptr<const config::Settings> read_by_;
    SnapshotKeeper snapshots_;
    std::string last_problem_;
};

}  // namespace thidua::daemon::web
