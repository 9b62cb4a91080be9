// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the daemon does by one configuration: the jobs, and the threads beside them. A reload ends
// one and begins the next, as a restart would, without letting go of the store.
#pragma once

#include "daemon/cycle.hpp"
#include "daemon/notifier.hpp"
#include "daemon/service.hpp"
#include "daemon/session.hpp"
#include "daemon/uploader.hpp"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace thidua::daemon {

class Generation {
  public:
    /// It stops when `of_process` does, or by finish(). `progressed` is told of each step.
    Generation(
        Session& session,
        std::shared_ptr<const config::Settings> settings,
        const std::stop_token& of_process,
        std::function<void()> progressed
    );

    [[nodiscard]] const config::Settings& settings() const { return *settings_; }
    [[nodiscard]] const Service& service() const { return service_; }
    /// For the worker's thread, but for is_busy().
    [[nodiscard]] Cycle& cycle() { return cycle_; }

    /// Takes what a cycle did: the operator is told what went wrong, editions are filed elsewhere.
    void follow(const CycleReport& report);
    /// A changed configuration was refused, for these reasons: the operator is told until one is
    /// taken up.
    void refused(const std::vector<std::string>& reasons) { notifier_.refused(reasons); }

    /// Ends what is under way as a stop of the daemon does: pulls keep what they have published, a
    /// message whose last byte is out waits for its answer. What is left is done by who comes next.
    [[nodiscard]] CycleReport finish();

  private:
    std::shared_ptr<const config::Settings> settings_;
    std::stop_source stop_;
    std::stop_callback<std::function<void()>> process_stops_;
    Service service_;
    Cycle cycle_;
    Notifier notifier_;
    Uploader uploader_;
};

}  // namespace thidua::daemon
