// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/cycle.hpp"

#include "daemon/evidence_drop.hpp"
#include "daemon/final_report_job.hpp"
#include "daemon/schedule.hpp"
#include "daemon/unit_edition_job.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <iterator>
#include <utility>

namespace thidua::daemon {
namespace {

/// A failed pull is tried again after this, unless its next slot comes first.
constexpr std::chrono::minutes pull_again_after{30};

/// So long a digest waits for the sources that it counts by, if they are being pulled.
constexpr std::chrono::hours digest_waits_for{2};

/// The inbox of evidence is looked into this often.
constexpr std::chrono::minutes look_for_evidence{10};

/// While something is being pulled, whether it is done is looked at this often.
constexpr std::chrono::seconds look_after_pulls{1};

Result<std::vector<store::Edition>> alone(Result<store::Edition> edition) {
    if (!edition) {
        return std::unexpected(std::move(edition.error()));
    }
    std::vector<store::Edition> editions;
    editions.push_back(*std::move(edition));
    return editions;
}

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

/// The latest slot of a job that has ended.
Result<Instant> Cycle::latest_done(const std::string& job) {
    auto known = done_.find(job);
    if (known == done_.end()) {
        const auto last =
            service_.store.call([&](store::Store& store) { return store.last_slot(job); });
        if (!last) {
            return std::unexpected(last.error());
        }
        known = done_.emplace(job, last->value_or(Instant::min())).first;
    }
    return known->second;
}

Result<bool> Cycle::is_due(const std::string& job, const Schedule& schedule) {
    const Instant now = service_.clock.now();
    const auto retry = retry_at_.find(job);
    if (retry != retry_at_.end()) {
        return retry->second <= now;
    }
    const auto done = latest_done(job);
    return done ? Result<bool>(*done < latest_slot(schedule, now)) : std::unexpected(done.error());
}

Result<void> Cycle::record(
    const std::string& job, Instant slot, std::string state, std::string reason
) {
    const store::SlotRecord record{
        job, slot, std::move(state), service_.clock.now(), std::move(reason)};
    auto recorded =
        service_.store.call([&](store::Store& store) { return store.record_slot(record); });
    if (recorded) {
        done_[job] = slot;
    }
    return recorded;
}

void Cycle::begin_pulls(CycleReport& report) {
    std::vector<const config::SourceSettings*> due;
    for (const config::SourceSettings& source : service_.settings.sources) {
        const std::string& name = source.description.name;
        const auto now_due = pulls_.is_under_way(name)
                                 ? Result<bool>(false)
                                 : is_due(pull_job_name(name), source.schedule);
        if (!now_due) {
            report.errors.push_back(now_due.error());
        } else if (*now_due) {
            due.push_back(&source);
        }
    }
    pulls_.begin(due);
}

void Cycle::record_pulls(CycleReport& report) {
    for (const PullReport& pull : report.pulls) {
        if (pull.error && pull.error->kind == ErrorKind::Stopped) {
            continue;  // not done: the slot stays due for the next start
        }
        const auto source = std::ranges::find_if(
            service_.settings.sources,
            [&](const config::SourceSettings& each) { return each.description.name == pull.source; }
        );
        const std::string job = pull_job_name(pull.source);
        retry_at_.erase(job);
        if (pull.error && is_worth_another_try(*pull.error)) {
            retry_at_[job] = std::min(
                service_.clock.now() + pull_again_after,
                next_slot(source->schedule, service_.clock.now())
            );
        }
        const auto recorded = record(
            job,
            latest_slot(source->schedule, service_.clock.now()),
            pull.error ? "failed" : "done",
            pull.error ? pull.error->message : ""
        );
        if (!recorded) {
            report.errors.push_back(recorded.error());
        }
    }
}

/// A digest waits for what is being pulled, but not for ever: it says which sources are behind.
bool Cycle::is_waiting_for_pulls(Instant slot) const {
    if (service_.clock.now() >= slot + digest_waits_for) {
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

/// A job that has the digest's schedule.
struct Cycle::WeeklyJob {
    std::string name;
    std::function<Result<std::vector<store::Edition>>(IsoWeek)> publish;
    std::string skipped{};  ///< why it is not done any more; empty: it is
};

void Cycle::run_weekly_job(const WeeklyJob& job, CycleReport& report) {
    const Schedule& schedule = service_.settings.digest->schedule;
    const auto now_due = is_due(job.name, schedule);
    if (!now_due) {
        report.errors.push_back(now_due.error());
        return;
    }
    const Instant slot = latest_slot(schedule, service_.clock.now());
    if (!*now_due || is_waiting_for_pulls(slot)) {
        return;
    }
    const auto week = week_reported(service_.settings.campaign, slot);
    Result<void> recorded;
    if (!week) {
        recorded = record(job.name, slot, "skipped", "no week of the campaign ended before it");
    } else if (!job.skipped.empty()) {
        recorded = record(job.name, slot, "skipped", job.skipped);
    } else {
        auto editions = job.publish(*week);
        if (!editions) {
            // Not recorded: the next cycle tries again, and says so each time.
            report.errors.push_back(editions.error());
            return;
        }
        std::ranges::move(*editions, std::back_inserter(report.editions));
        recorded = record(job.name, slot, "done", "");
    }
    if (!recorded) {
        report.errors.push_back(recorded.error());
    }
}

/// The digest, the editions of units, and the report on the awards as it would be if the campaign
/// had ended.
void Cycle::run_weekly(CycleReport& report) {
    if (!service_.settings.digest) {
        return;
    }
    run_weekly_job(
        {std::string(digest_job_name),
         [&](IsoWeek week) { return alone(publish_digest(service_, week)); }},
        report
    );
    if (service_.settings.unit_editions) {
        run_weekly_job(
            {std::string(unit_editions_job_name),
             [&](IsoWeek week) { return publish_unit_editions(service_, week); }},
            report
        );
    }
    if (!service_.settings.final_reports) {
        return;
    }
    const Campaign& campaign = service_.settings.campaign;
    const Instant now = service_.clock.now();
    WeeklyJob rehearsal{
        std::string(rehearsal_job_name), [&](IsoWeek week) {
            return alone(publish_final_report(service_, rehearsal_of(campaign, week, now)));
        }};
    if (now >= campaign.plan.freeze.provisional) {
        rehearsal.skipped = "the provisional report has taken its place";
    }
    run_weekly_job(rehearsal, report);
}

/// The provisional report, and then the final one: each counts by what was recorded at its hour,
/// however late it is made, so neither waits for a pull.
void Cycle::run_freeze(CycleReport& report) {
    if (!service_.settings.final_reports) {
        return;
    }
    const Campaign& campaign = service_.settings.campaign;
    for (const rules::Stage stage : {rules::Stage::Provisional, rules::Stage::Final}) {
        const Instant due = *rules::due_at(campaign.plan.freeze, stage);
        const std::string job = freeze_job_name(stage);
        const auto done = latest_done(job);
        if (!done) {
            report.errors.push_back(done.error());
            return;
        }
        if (due <= *done) {
            continue;
        }
        if (service_.clock.now() < due) {
            return;
        }
        auto edition = publish_final_report(service_, report_at(campaign, stage));
        const auto recorded =
            edition ? record(job, due, "done", "") : std::unexpected(edition.error());
        if (!recorded) {
            report.errors.push_back(recorded.error());
            return;  // in order, or not at all
        }
        report.editions.push_back(*std::move(edition));
    }
}

void Cycle::run_deliveries(CycleReport& report) {
    const auto delivered = deliver_due(service_);
    if (delivered) {
        report.deliveries = *delivered;
    } else {
        report.errors.push_back(delivered.error());
    }
}

CycleReport Cycle::run() {
    CycleReport report;
    if (const auto taken = take_evidence_inbox(service_); !taken) {
        report.errors.push_back(taken.error());
    }
    begin_pulls(report);
    report.pulls = manner_ == Pulls::Awaited ? pulls_.take_all() : pulls_.take_done();
    record_pulls(report);
    if (!service_.stop.stop_requested()) {
        run_weekly(report);
        run_freeze(report);
    }
    if (!service_.stop.stop_requested()) {
        run_deliveries(report);
    }
    return report;
}

CycleReport Cycle::finish() {
    CycleReport report;
    report.pulls = pulls_.take_all();
    record_pulls(report);
    return report;
}

Result<Instant> Cycle::next_due() {
    const Instant now = service_.clock.now();
    Instant next = pulls_.is_empty() ? Instant::max() : now + look_after_pulls;
    for (const config::SourceSettings& source : service_.settings.sources) {
        next = std::min(next, next_slot(source.schedule, now));
    }
    if (service_.settings.digest) {
        next = std::min(next, next_slot(service_.settings.digest->schedule, now));
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
