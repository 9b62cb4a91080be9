// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/scheduled_jobs.hpp"

#include "daemon/cycle.hpp"
#include "daemon/job_names.hpp"
#include "daemon/schedule.hpp"
#include "rules/freeze.hpp"

#include <string_view>

namespace thidua::daemon {
namespace {

constexpr std::string_view business_zone = "Asia/Ho_Chi_Minh";

}  // namespace

std::vector<ScheduledJob> scheduled_jobs(const config::Settings& settings) {
    std::vector<ScheduledJob> jobs;
    for (const config::SourceSettings& source : settings.sources) {
        jobs.push_back({pull_job_name(source.description.name), &source.schedule});
    }
    if (settings.alerts) {
        jobs.push_back({std::string(alerts_job_name), &settings.alerts->schedule});
    }
    if (settings.backups) {
        jobs.push_back({std::string(backup_job_name), &settings.backups->schedule});
    }
    if (settings.maintenance) {
        jobs.push_back({std::string(maintenance_job_name), &*settings.maintenance});
    }
    if (settings.nomination_reminders) {
        jobs.push_back({std::string(nominations_job_name), &settings.nomination_reminders->schedule}
        );
    }
    if (settings.digest) {
        const Schedule* schedule = &settings.digest->schedule;
        jobs.push_back({std::string(digest_job_name), schedule});
        if (settings.unit_editions) {
            jobs.push_back({std::string(unit_editions_job_name), schedule});
        }
        if (settings.final_reports) {
            jobs.push_back({std::string(rehearsal_job_name), schedule});
        }
    }
    return jobs;
}

std::vector<NextDue> next_of_all_jobs(const config::Settings& settings, Instant now) {
    std::vector<NextDue> all;
    for (const ScheduledJob& job : scheduled_jobs(settings)) {
        const Occurrence next = next_occurrence(*job.schedule, settings.calendar, now);
        all.push_back(
            {job.name, next.due_at, job.schedule->timezone, next.due_at != next.scheduled_at}
        );
    }
    if (settings.final_reports) {
        for (const rules::Stage stage : {rules::Stage::Provisional, rules::Stage::Final}) {
            const Instant due = *rules::due_at(settings.campaign.plan.freeze, stage);
            if (due > now) {
                all.push_back({freeze_job_name(stage), due, std::string(business_zone), false});
            }
        }
    }
    return all;
}

}  // namespace thidua::daemon
