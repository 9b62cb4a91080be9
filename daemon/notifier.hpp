// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Tells the operator what goes wrong, on a thread of its own: no webhook holds up a delivery.
#pragma once

#include "daemon/cycle.hpp"
#include "daemon/notice_book.hpp"
#include "daemon/service.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace thidua::daemon {

/// From its making to its end, which cuts a call under way short. It looks at the ledger once a
/// minute, so that what goes wrong is told though no cycle ends.
class Notifier {
  public:
    explicit Notifier(const Service& service);
    Notifier(const Notifier&) = delete;
    Notifier& operator=(const Notifier&) = delete;

    /// Takes what a cycle did, and returns at once.
    void take(const CycleReport& report);
    /// A changed configuration was refused, for these reasons: that stands until the end.
    void refused(const std::vector<std::string>& reasons);

  private:
    void run(const std::stop_token& stop);
    /// The reports since the last time, after at most a minute.
    [[nodiscard]] std::deque<CycleReport> wait_for_reports(const std::stop_token& stop);
    void run_asides(const std::stop_token& stop);
    [[nodiscard]] Surroundings look();
    void note(const CycleReport* report);
    void tell(const std::stop_token& stop);

    const Service& service_;
    NoticeBook book_;
    std::mutex mutex_;
    std::condition_variable_any taken_;
    std::deque<CycleReport> reports_;
    std::vector<std::string> refused_;  ///< why the newest configuration is not in force
    std::jthread thread_;               // last: it uses the others
};

}  // namespace thidua::daemon
