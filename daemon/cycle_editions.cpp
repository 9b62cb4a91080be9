// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What of a cycle is published: digests, editions of units, rehearsals, reminders, reports on
// awards.
#include "daemon/alert_job.hpp"
#include "daemon/alerts.hpp"
#include "daemon/cycle.hpp"
#include "daemon/final_report_job.hpp"
#include "daemon/gate.hpp"
#include "daemon/nomination_job.hpp"
#include "daemon/unit_edition_job.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace thidua::daemon {
namespace {

/// So long a digest waits for the sources that it counts by, if they are being pulled.
constexpr std::chrono::hours digest_waits_for{2};

Result<std::vector<store::Edition>> alone(Result<store::Edition> edition) {
    if (!edition) {
        return std::unexpected(std::move(edition.error()));
    }
    std::vector<store::Edition> editions;
    editions.push_back(*std::move(edition));
    return editions;
}

}  // namespace

/// A digest waits for what is being pulled, but not for ever: it says which sources are behind.
bool Cycle::is_waiting_for_pulls(Instant due_at) const {
    if (service_.clock.now() >= due_at + digest_waits_for) {
        return false;
    }
    return std::ranges::any_of(
        service_.settings.campaign.indicators,
        [&](const Indicator& indicator) {
            return pulls_.is_under_way(indicator.system_of_record) ||
                   pulls_.is_under_way(indicator.payment_record);
        }
    );
}

/// Takes the slot, publishes what it is for, and leaves it to be delivered. What fails is tried
/// again by the next cycle, which says so each time. A slot that has ended is left alone.
Result<void> Cycle::work_on(
    const store::SlotKey& slot, const std::function<Editions()>& publish, CycleReport& report
) {
    const auto begun = slots_.begin(slot);
    if (!begun || !*begun) {
        return begun ? Result<void>{} : std::unexpected(begun.error());
    }
    auto editions = publish();
    if (!editions) {
        (void)slots_.wait(slot, "to be tried again: " + editions.error().message);
        return std::unexpected(editions.error());
    }
    std::ranges::move(*editions, std::back_inserter(report.editions));
    return slots_.deliver(slot);
}

/// A job that has the digest's schedule.
struct Cycle::WeeklyJob {
    std::string name;
    std::function<Editions(IsoWeek, const store::SlotKey&)> publish;
    std::string skipped{};  ///< why it is not done any more; empty: it is
};

/// Whether the occurrence's time has come: what it needs is there, or is not waited for any more.
/// If it has not, its slot says why.
Result<bool> Cycle::may_publish(const WeeklyJob& job, const Occurrence& occurrence, IsoWeek week) {
    const store::SlotKey slot{job.name, occurrence.scheduled_at};
    if (is_waiting_for_pulls(occurrence.due_at)) {
        const auto waits = slots_.wait(slot, "a source that it counts by is being pulled");
        return waits ? Result<bool>(false) : std::unexpected(waits.error());
    }
    const auto verdict = look_at_gate(service_, occurrence, week);
    if (!verdict) {
        return std::unexpected(verdict.error());
    }
    Result<void> recorded;
    switch (verdict->state) {
        case GateVerdict::State::Open:
            return true;
        case GateVerdict::State::Wait:
            is_gate_closed_ = true;
            recorded = slots_.wait(slot, "waits: " + verdict->missing);
            break;
        case GateVerdict::State::Withhold:
            recorded = slots_.end(slot, store::SlotState::Withheld, verdict->missing);
            break;
    }
    return recorded ? Result<bool>(false) : std::unexpected(recorded.error());
}

Result<void> Cycle::run_occurrence(
    const WeeklyJob& job, const Occurrence& occurrence, CycleReport& report
) {
    using store::SlotState;
    const store::SlotKey slot{job.name, occurrence.scheduled_at};
    const auto week = week_reported(service_.settings.campaign, occurrence.scheduled_at);
    if (!week) {
        return slots_.end(slot, SlotState::Skipped, "no week of the campaign ended before it");
    }
    if (!job.skipped.empty()) {
        return slots_.end(slot, SlotState::Skipped, job.skipped);
    }
    const auto may = may_publish(job, occurrence, *week);
    if (!may || !*may) {
        return may ? Result<void>{} : std::unexpected(may.error());
    }
    return work_on(
        slot, [&] { return job.publish(*week, slot); }, report
    );
}

void Cycle::run_weekly_job(const WeeklyJob& job, CycleReport& report) {
    const auto due = slots_.due(job.name, service_.settings.digest->schedule);
    if (!due) {
        report.errors.push_back(due.error());
        return;
    }
    for (const Occurrence& occurrence : *due) {
        if (auto done = run_occurrence(job, occurrence, report); !done) {
            report.errors.push_back(done.error());
        }
    }
}

/// The digest, the editions of units, and the report on the awards as it would be if the campaign
/// had ended.
void Cycle::run_weekly(CycleReport& report) {
    is_gate_closed_ = false;
    if (!service_.settings.digest) {
        return;
    }
    run_weekly_job(
        {std::string(digest_job_name),
         [&](IsoWeek week, const store::SlotKey& slot) {
             return alone(publish_digest(service_, week, slot));
         }},
        report
    );
    if (service_.settings.unit_editions) {
        run_weekly_job(
            {std::string(unit_editions_job_name),
             [&](IsoWeek week, const store::SlotKey& slot) {
                 return publish_unit_editions(service_, week, slot);
             }},
            report
        );
    }
    if (!service_.settings.final_reports) {
        return;
    }
    const Campaign& campaign = service_.settings.campaign;
    const Instant now = service_.clock.now();
    WeeklyJob rehearsal{
        std::string(rehearsal_job_name), [&](IsoWeek week, const store::SlotKey& slot) {
            return alone(publish_final_report(service_, rehearsal_of(campaign, week, now), slot));
        }};
    if (now >= campaign.plan.freeze.provisional) {
        rehearsal.skipped = "the provisional report has taken its place";
    }
    run_weekly_job(rehearsal, report);
}

/// Reminders, each morning.
void Cycle::run_alert_job(CycleReport& report) {
    if (!service_.settings.alerts) {
        return;
    }
    const auto due = slots_.due(std::string(alerts_job_name), service_.settings.alerts->schedule);
    if (!due) {
        report.errors.push_back(due.error());
        return;
    }
    for (const Occurrence& occurrence : *due) {
        if (auto done = remind(occurrence, report); !done) {
            report.errors.push_back(done.error());
        }
    }
}

Result<void> Cycle::remind(const Occurrence& occurrence, CycleReport& report) {
    const store::SlotKey slot{std::string(alerts_job_name), occurrence.scheduled_at};
    const auto day = day_looked_at(service_.settings.campaign, occurrence.scheduled_at);
    if (!day) {
        return slots_.end(
            slot, store::SlotState::Skipped, "the day before is no day of the campaign"
        );
    }
    if (is_waiting_for_pulls(occurrence.due_at)) {
        return slots_.wait(slot, "a source that it counts by is being pulled");
    }
    return work_on(
        slot, [&] { return run_alerts(service_, *day, slot); }, report
    );
}

/// Reminders of nomination papers, on the mornings that the plan's deadlines name.
void Cycle::run_nominations(CycleReport& report) {
    const auto& reminders = service_.settings.nomination_reminders;
    if (!reminders) {
        return;
    }
    const std::string job(nominations_job_name);
    const auto due = slots_.due(job, reminders->schedule);
    if (!due) {
        report.errors.push_back(due.error());
        return;
    }
    for (const Occurrence& occurrence : *due) {
        const store::SlotKey slot{job, occurrence.scheduled_at};
        const Day day = day_of(occurrence.scheduled_at);
        const auto done = work_on(
            slot, [&] { return remind_of_nominations(service_, day, slot); }, report
        );
        if (!done) {
            report.errors.push_back(done.error());
        }
    }
}

/// The report of a stage, if its hour has come; false if it has not.
Result<bool> Cycle::run_stage(rules::Stage stage, CycleReport& report) {
    const Campaign& campaign = service_.settings.campaign;
    const Instant due = *rules::due_at(campaign.plan.freeze, stage);
    const store::SlotKey slot{freeze_job_name(stage), due};
    const auto on_file =
        service_.store.call([&](store::Store& store) { return store.find_slot(slot); });
    if (!on_file) {
        return std::unexpected(on_file.error());
    }
    const bool is_published = *on_file && (has_ended((*on_file)->state) ||
                                           (*on_file)->state == store::SlotState::Delivering);
    if (is_published || service_.clock.now() < due) {
        return is_published;
    }
    const auto publish = [&] {
        return alone(publish_final_report(service_, report_at(campaign, stage), slot));
    };
    const auto done = work_on(slot, publish, report);
    return done ? Result<bool>(true) : std::unexpected(done.error());
}

/// The provisional report, and then the final one: each counts by what was recorded at its hour,
/// however late it is made, so neither waits for a pull. In order, or not at all.
void Cycle::run_freeze(CycleReport& report) {
    if (!service_.settings.final_reports) {
        return;
    }
    for (const rules::Stage stage : {rules::Stage::Provisional, rules::Stage::Final}) {
        const auto done = run_stage(stage, report);
        if (!done) {
            report.errors.push_back(done.error());
        }
        if (!done || !*done) {
            return;
        }
    }
}

}  // namespace thidua::daemon
