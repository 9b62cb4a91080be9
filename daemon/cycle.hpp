// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What is due now, and doing it: the one loop body that the daemon runs on the real clock and a
// simulation on a virtual one.
#pragma once

#include "daemon/digest_job.hpp"
#include "daemon/mail_job.hpp"
#include "daemon/pull_job.hpp"
#include "daemon/service.hpp"

#include <map>
#include <string>
#include <vector>

namespace thidua::daemon {

/// What one cycle did, for the log and the progress bar.
struct CycleReport {
    std::vector<PullReport> pulls;
    std::vector<store::Edition> editions;
    DeliveryReport deliveries;
    std::vector<Error> errors;  ///< of steps that are not pulls
};

/// Whether a pull that failed like this is tried again before its next slot: what may pass by
/// itself, such as a source that is away or a disk where somebody makes room. The rest waits for a
/// person.
[[nodiscard]] bool is_worth_another_try(const Error& error);

/// The jobs of one service, with what is known of their latest slots. Used by one thread.
class Cycle {
  public:
    explicit Cycle(const Service& service) : service_(service) {}

    /// Does everything that is due: pulls, then digests, then deliveries. A slot that a stopped
    /// program missed is made up for once: the latest one counts.
    [[nodiscard]] CycleReport run();

    /// The next instant at which something will be due, after now.
    [[nodiscard]] Result<Instant> next_due();

  private:
    [[nodiscard]] Result<bool> is_due(const std::string& job, const Schedule& schedule);
    [[nodiscard]] Result<void> record(
        const std::string& job, Instant slot, std::string state, std::string reason
    );
    void run_pulls(CycleReport& report);
    void run_digest(CycleReport& report);
    void run_deliveries(CycleReport& report);

    const Service& service_;
    Connectors connectors_;
    std::map<std::string, Instant> done_;  ///< latest slot on file, by job
    std::map<std::string, Instant>
        retry_at_;  ///< a failed pull is tried again before its next slot
};

/// The name of a source's pull job: pull:tthc
[[nodiscard]] std::string pull_job_name(const std::string& source);

inline constexpr std::string_view digest_job_name = "digest:weekly";

}  // namespace thidua::daemon
