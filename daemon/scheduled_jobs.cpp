// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/scheduled_jobs.hpp"

#include "daemon/cycle.hpp"
#include "daemon/job_names.hpp"

namespace thidua::daemon {

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

}  // namespace thidua::daemon
