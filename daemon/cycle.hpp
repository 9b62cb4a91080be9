// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What is due now, and doing it: the one loop body that the daemon runs on the real clock and a
// simulation on a virtual one.
#pragma once

#include "daemon/beside_runner.hpp"
#include "daemon/digest_job.hpp"
#include "daemon/job_names.hpp"
#include "daemon/mail_job.hpp"
#include "daemon/pull_job.hpp"
#include "daemon/service.hpp"
#include "daemon/slots.hpp"
#include "rules/freeze.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
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

/// A failed pull is tried again after this, unless its next slot comes first.
inline constexpr std::chrono::minutes pull_again_after{30};

/// Whether a pull that failed like this is tried again before its next slot: what may pass by
/// itself, such as a source that is away or a disk where somebody makes room. The rest waits for a
/// person.
[[nodiscard]] bool is_worth_another_try(const Error& error);

/// The jobs of one service, with what is known of their latest slots. Used by one thread.
class Cycle {
  public:
    /// Whether a cycle ends only when its pulls and deliveries have, as on a virtual clock they
    /// must, or leaves them to a later cycle, so that a slow source or relay holds up nothing else.
    enum class Pulls { Awaited, LeftRunning };

    Cycle(const Service& service, Pulls pulls)
        : service_(service),
          manner_(pulls),
          slots_(service),
          mail_(service),
          pulls_(service, connectors_) {}

    /// Does everything that is due: pulls, then digests and reports on awards, then deliveries.
    /// What a stopped program missed is made up for as each schedule says (core/schedule.hpp).
    [[nodiscard]] CycleReport run();

    /// Waits for the pulls, messages and copies under way, and nothing else. For the end.
    [[nodiscard]] CycleReport finish();

    /// The next instant at which something will be due, or is to be looked after; after now.
    [[nodiscard]] Result<Instant> next_due();

    /// Something is under way beside the cycles. Also for other threads.
    [[nodiscard]] bool is_busy() const {
        return pulls_.is_busy() || mail_.is_busy() || backup_.runner.is_busy() ||
               maintenance_.runner.is_busy();
    }

  private:
    /// A job whose steps run beside the cycles.
    struct BesideJob {
        std::string name;
        BesideRunner runner{};
        std::optional<store::SlotKey> slot{};  ///< of the step under way
    };

    void begin_pulls(CycleReport& report);
    void record_pulls(CycleReport& report);
    [[nodiscard]] Result<void> record_pull(const PullReport& pull);
    [[nodiscard]] bool is_waiting_for_pulls(Instant due_at) const;
    using Editions = Result<std::vector<store::Edition>>;
    [[nodiscard]] Result<void> work_on(
        const store::SlotKey& slot, const std::function<Editions()>& publish, CycleReport& report
    );
    void run_weekly(CycleReport& report);
    struct WeeklyJob;
    void run_weekly_job(const WeeklyJob& job, CycleReport& report);
    [[nodiscard]] Result<void> run_occurrence(
        const WeeklyJob& job, const Occurrence& occurrence, CycleReport& report
    );
    [[nodiscard]] Result<bool> may_publish(
        const WeeklyJob& job, const Occurrence& occurrence, IsoWeek week
    );
    void run_alert_job(CycleReport& report);
    [[nodiscard]] Result<void> remind(const Occurrence& occurrence, CycleReport& report);
    void run_nominations(CycleReport& report);
    void run_freeze(CycleReport& report);
    [[nodiscard]] Result<bool> run_stage(rules::Stage stage, CycleReport& report);
    void run_backup(CycleReport& report);
    void run_maintenance(CycleReport& report);
    void run_beside(
        BesideJob& job,
        const Schedule& schedule,
        const BesideRunner::Step& step,
        CycleReport& report
    );
    void record_beside(BesideJob& job, std::optional<Result<void>> done, CycleReport& report);
    void run_deliveries(CycleReport& report);
    void record_deliveries(CycleReport& report);

    const Service& service_;
    Pulls manner_;
    SlotBook slots_;
    std::map<std::string, store::SlotKey> pulling_;  ///< slots of the pulls under way, by source
    std::map<std::string, Instant> retry_at_;        ///< when a failed pull is tried again, by job
    bool is_gate_closed_ = false;                    ///< a digest waits for what it needs
    BesideJob backup_{std::string(backup_job_name)};
    BesideJob maintenance_{std::string(maintenance_job_name)};
    MailPool mail_;
    Connectors connectors_;
    PullPool pulls_;  // last: it waits for its threads, which use the others
};

/// The name of a source's pull job: pull:tthc
[[nodiscard]] std::string pull_job_name(const std::string& source);

/// The name of the job that makes a report of the freeze: freeze:provisional, freeze:final
[[nodiscard]] std::string freeze_job_name(rules::Stage stage);

}  // namespace thidua::daemon
