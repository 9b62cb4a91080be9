// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the daemon tells its pages of itself, and what they may ask of it.
#pragma once

#include "core/time.hpp"

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thidua::daemon::web {

/// Plain facts of the running daemon.
struct DaemonFacts {
    std::string config_hash;          ///< that it runs with
    bool is_last_reload_good = true;  ///< also before the first one
    Instant loaded_at{};              ///< when it began to run with that configuration
    Instant started_at{};
    Instant looked_at{};   ///< when its loop looked for work last: it lives
    bool is_busy = false;  ///< a cycle or a command is under way
    bool is_stopping = false;
    std::optional<Instant> next_due{};  ///< nothing: not known yet
    std::optional<Instant> last_cycle_end{};
    std::map<std::pair<std::string, std::string>, std::uint64_t> pulls{};   ///< source, result
    std::map<std::pair<std::string, std::string>, std::uint64_t> errors{};  ///< source, kind
};

/// Those facts, for several threads.
class DaemonState {
  public:
    [[nodiscard]] DaemonFacts get() const {
        const std::scoped_lock lock(mutex_);
        return facts_;
    }

    /// `change` is handed the facts.
    template <class Change>
    void update(Change change) {
        const std::scoped_lock lock(mutex_);
        change(facts_);
    }

  private:
    mutable std::mutex mutex_;
    DaemonFacts facts_;
};

/// What the pages may ask of the daemon; called by a thread of theirs.
struct DaemonHooks {
    /// Takes up the configuration as it is on disk, and says what is in force now; otherwise every
    /// problem, and the old one stays.
    std::function<std::expected<std::string, std::vector<std::string>>()> reload;
};

}  // namespace thidua::daemon::web
