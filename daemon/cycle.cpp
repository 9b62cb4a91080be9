// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/cycle.hpp"

#include "daemon/backup_job.hpp"
#include "daemon/evidence_drop.hpp"
#include "daemon/maintenance_job.hpp"
#include "daemon/schedule.hpp"
#include "daemon/scheduled_jobs.hpp"
#include "store/purge.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace thidua::daemon {
namespace {

/// The inbox of evidence is looked into this often.
constexpr std::chrono::minutes look_for_evidence{10};

/// A digest that waits for what it needs looks for it this often.
constexpr std::chrono::minutes look_at_gate_again{5};

/// While something is being pulled or sent, whether it is done is looked at this often.
constexpr std::chrono::seconds look_after_work{1};

}  // namespace

bool is_worth_another_try(const Error& error) {
    return error.kind == ErrorKind::Transient || error.kind == ErrorKind::Io;
}

std::string pull_job_name(const std::string& source) {
    return "pull:" + source;
}

std::string freeze_job_name(rules::Stage stage) {
    return "freeze:" + std::string(rules::to_text(stage));
}

void Cycle::begin_pulls(CycleReport& report) {
    const Instant now = service_.clock.now();
    const auto purged =
        service_.store.call([](store::Store& store) { return store::purged_at(store); });
    if (!purged || *purged) {
        if (!purged) {
            report.errors.push_back(purged.error());
        }
        return;  // what single dossiers tell was taken away, and does not come back
    }
    std::vector<const config::SourceSettings*> due;
    for (const config::SourceSettings& source : service_.settings.sources) {
        const std::string& name = source.description.name;
        const std::string job = pull_job_name(name);
        const auto retry = retry_at_.find(job);
        if (pulls_.is_under_way(name) || (retry != retry_at_.end() && retry->second > now)) {
            continue;
        }
        const auto now_due = slots_.due(job, source.schedule);
        const auto begun = !now_due || now_due->empty()
                               ? Result<bool>(false)
                               : slots_.begin({job, now_due->back().scheduled_at});
        if (!now_due || !begun) {
            report.errors.push_back(now_due ? begun.error() : now_due.error());
        } else if (*begun) {
            pulling_[name] = {job, now_due->back().scheduled_at};
            due.push_back(&source);
        }
    }
    pulls_.begin(due);
}

void Cycle::record_pulls(CycleReport& report) {
    for (const PullReport& pull : report.pulls) {
        if (pull.error && pull.error->kind == ErrorKind::Stopped) {
            continue;  // left running: the next start takes the slot again
        }
        if (auto recorded = record_pull(pull); !recorded) {
            report.errors.push_back(recorded.error());
        }
    }
}

Result<void> Cycle::record_pull(const PullReport& pull) {
    const auto source =
        std::ranges::find_if(service_.settings.sources, [&](const config::SourceSettings& each) {
            return each.description.name == pull.source;
        });
    const auto in_hand = pulling_.extract(pull.source);
    check(!in_hand.empty(), "record_pull: its slot was begun");
    const store::SlotKey& slot = in_hand.mapped();
    const Instant now = service_.clock.now();
    retry_at_.erase(slot.job);
    if (pull.error && is_worth_another_try(*pull.error)) {
        const Instant next =
            next_occurrence(source->schedule, service_.settings.calendar, now).due_at;
        retry_at_[slot.job] = std::min(now + pull_again_after, next);
        return slots_.wait(slot, "to be tried again: " + pull.error->message);
    }
    auto recorded = pull.error ? slots_.end(slot, store::SlotState::Failed, pull.error->message)
                               : slots_.end(slot, store::SlotState::Done, "");
    return recorded ? slots_.skip_overtaken(slot, source->schedule) : recorded;
}

void Cycle::run_backup(CycleReport& report) {
    if (service_.settings.backups) {
        const auto copy = [this, now = service_.clock.now()] {
            return make_scheduled_copy(service_, now);
        };
        run_beside(backup_, service_.settings.backups->schedule, copy, report);
    }
}

void Cycle::run_maintenance(CycleReport& report) {
    if (service_.settings.maintenance) {
        const auto look = [this] { return check_store(service_); };
        run_beside(maintenance_, *service_.settings.maintenance, look, report);
    }
}

/// Begins the job's step if it falls due, beside everything else, and takes down how one went.
void Cycle::run_beside(
    BesideJob& job, const Schedule& schedule, const BesideRunner::Step& step, CycleReport& report
) {
    record_beside(job, job.runner.take_done(), report);
    if (job.runner.is_busy()) {
        return;
    }
    const auto due = slots_.due(job.name, schedule);
    if (!due || due->empty()) {
        if (!due) {
            report.errors.push_back(due.error());
        }
        return;
    }
    const store::SlotKey slot{job.name, due->back().scheduled_at};
    const auto begun = slots_.begin(slot);
    if (!begun) {
        report.errors.push_back(begun.error());
    } else if (*begun) {
        job.slot = slot;
        job.runner.begin(step);
    }
    if (manner_ == Pulls::Awaited) {
        record_beside(job, job.runner.take(), report);
    }
}

void Cycle::record_beside(BesideJob& job, std::optional<Result<void>> done, CycleReport& report) {
    if (!done || !job.slot) {
        return;
    }
    const bool was_stopped = !*done && done->error().kind == ErrorKind::Stopped;
    auto recorded = was_stopped ? Result<void>{}  // left running: the next start takes it again
                    : *done
                        ? slots_.end(*job.slot, store::SlotState::Done, "")
                        : slots_.end(*job.slot, store::SlotState::Failed, done->error().message);
    if (!*done && !was_stopped) {
        report.errors.push_back(failed(job.name, done->error()).error());
    }
    if (!recorded) {
        report.errors.push_back(recorded.error());
    }
    job.slot.reset();
}

void Cycle::run_deliveries(CycleReport& report) {
    if (auto begun = mail_.begin(); !begun) {
        report.errors.push_back(begun.error());
    }
    report.deliveries = manner_ == Pulls::Awaited ? mail_.take_all() : mail_.take_done();
    record_deliveries(report);
}

void Cycle::record_deliveries(CycleReport& report) {
    if (report.deliveries.error) {
        report.errors.push_back(*report.deliveries.error);
    }
    if (auto concluded = slots_.conclude(); !concluded) {
        report.errors.push_back(concluded.error());
    }
}

CycleReport Cycle::run() {
    CycleReport report;
    if (const auto taken = take_evidence_inbox(service_); !taken) {
        report.errors.push_back(taken.error());
    }
    if (const auto read = slots_.refresh(); !read) {
        report.errors.push_back(read.error());
        return report;
    }
    begin_pulls(report);
    report.pulls = manner_ == Pulls::Awaited ? pulls_.take_all() : pulls_.take_done();
    record_pulls(report);
    if (!service_.stop.stop_requested()) {
        run_alert_job(report);
        run_weekly(report);
        run_nominations(report);
        run_freeze(report);
    }
    if (!service_.stop.stop_requested()) {
        run_deliveries(report);
        run_backup(report);
        run_maintenance(report);
    }
    return report;
}

CycleReport Cycle::finish() {
    CycleReport report;
    report.pulls = pulls_.take_all();
    record_pulls(report);
    report.deliveries = mail_.take_all();
    record_deliveries(report);
    record_beside(backup_, backup_.runner.take(), report);
    record_beside(maintenance_, maintenance_.runner.take(), report);
    return report;
}

Result<Instant> Cycle::next_due() {
    const Instant now = service_.clock.now();
    const Calendar& calendar = service_.settings.calendar;
    const bool is_under_way = !pulls_.is_empty() || is_busy();
    Instant next = is_under_way ? now + look_after_work : Instant::max();
    for (const ScheduledJob& job : scheduled_jobs(service_.settings)) {
        next = std::min(next, next_occurrence(*job.schedule, calendar, now).due_at);
    }
    if (is_gate_closed_) {
        next = std::min(next, now + look_at_gate_again);
    }
    if (has_evidence_inbox(service_.settings)) {
        next = std::min(next, now + look_for_evidence);
    }
    if (service_.settings.final_reports) {
        const Freeze& freeze = service_.settings.campaign.plan.freeze;
        for (const Instant due : {freeze.provisional, freeze.final}) {
            next = due > now ? std::min(next, due) : next;
        }
    }
    for (const auto& [job, retry_at] : retry_at_) {
        if (retry_at > now) {
            next = std::min(next, retry_at);
        }
    }
    const auto delivery =
        service_.store.call([&](store::Store& store) { return store.next_delivery(); });
    if (!delivery) {
        return std::unexpected(delivery.error());
    }
    if (*delivery) {
        // Never now: what could not even be tried would be tried again without a pause.
        next = std::min(next, std::max(**delivery, now + std::chrono::minutes{1}));
    }
    return next;
}

}  // namespace thidua::daemon
