// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What is due now, and doing it: the one loop body that the daemon runs on the real clock and a
// simulation on a virtual one.
#pragma once

#include "daemon/digest_job.hpp"
#include "daemon/mail_job.hpp"
#include "daemon/pull_job.hpp"
#include "daemon/service.hpp"
#include "rules/freeze.hpp"

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
    /// Whether a cycle ends only when its pulls have, as on a virtual clock they must, or leaves
    /// them to a later cycle, so that a slow source holds up nothing else.
    enum class Pulls { Awaited, LeftRunning };

    Cycle(const Service& service, Pulls pulls)
        : service_(service), manner_(pulls), pulls_(service, connectors_) {}

    /// Does everything that is due: pulls, then digests and reports on awards, then deliveries. A
    /// slot that a stopped program missed is made up for once: the latest one counts.
    [[nodiscard]] CycleReport run();

    /// Waits for the pulls under way, and nothing else. For the end.
    [[nodiscard]] CycleReport finish();

    /// The next instant at which something will be due, or is to be looked after; after now.
    [[nodiscard]] Result<Instant> next_due();

    /// Also for other threads.
    [[nodiscard]] bool is_pulling() const { return pulls_.is_busy(); }

  private:
    [[nodiscard]] Result<Instant> latest_done(const std::string& job);
    [[nodiscard]] Result<bool> is_due(const std::string& job, const Schedule& schedule);
    [[nodiscard]] Result<void> record(
        const std::string& job, Instant slot, std::string state, std::string reason
    );
    void begin_pulls(CycleReport& report);
    void record_pulls(CycleReport& report);
    [[nodiscard]] bool is_waiting_for_pulls(Instant slot) const;
    void run_weekly(CycleReport& report);
    struct WeeklyJob;
    void run_weekly_job(const WeeklyJob& job, CycleReport& report);
    void run_freeze(CycleReport& report);
    void run_deliveries(CycleReport& report);

    const Service& service_;
    Pulls manner_;
    std::map<std::string, Instant> done_;  ///< latest slot on file, by job
    std::map<std::string, Instant>
        retry_at_;  ///< a failed pull is tried again before its next slot
    Connectors connectors_;
    PullPool pulls_;  // last: it waits for its threads, which use the others
};

/// The name of a source's pull job: pull:tthc
[[nodiscard]] std::string pull_job_name(const std::string& source);

inline constexpr std::string_view digest_job_name = "digest:weekly";
inline constexpr std::string_view unit_editions_job_name = "units:weekly";
inline constexpr std::string_view rehearsal_job_name = "rehearsal:weekly";

/// The name of the job that makes a report of the freeze: freeze:provisional, freeze:final
[[nodiscard]] std::string freeze_job_name(rules::Stage stage);

}  // namespace thidua::daemon
