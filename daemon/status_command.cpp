// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua status: how the service, its sources, its jobs and its mail stand, on one screen.
#include "daemon/commands.hpp"
#include "daemon/json_values.hpp"
#include "daemon/ledger_notices.hpp"
#include "daemon/overview.hpp"
#include "daemon/schedule.hpp"
#include "daemon/scheduled_jobs.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/text_table.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

const store::PullSummary* last_pull(const Overview& overview, const std::string& source) {
    const auto found = std::ranges::find(overview.pulls, source, &store::PullSummary::source);
    return found == overview.pulls.end() ? nullptr : &*found;
}

json::array sources_json(const Overview& overview) {
    json::array array;
    for (const SourceStatus& source : overview.sources) {
        json::object object{
            {"source", source.name},
            {"state", to_text(source.state)},
            {"past_limit", source.past_limit},
            {"data_through", time_or_null(source.data_through)},
            {"last_pull", nullptr},
            {"started_at", nullptr},
            {"error", nullptr}};
        if (const store::PullSummary* pull = last_pull(overview, source.name)) {
            object["last_pull"] = pull->state;
            object["started_at"] = to_text(pull->started_at);
            object["error"] = text_or_null(pull->error);
        }
        array.push_back(std::move(object));
    }
    return array;
}

/// A job that has a schedule, with what became of it last; views of the overview.
struct JobStatus {
    std::string name;
    const store::Slot* slot = nullptr;  ///< the newest; null: none yet
    Instant next_due;
};

std::vector<JobStatus> jobs_of(const config::Settings& settings, const Overview& overview) {
    std::vector<JobStatus> jobs;
    for (const ScheduledJob& job : scheduled_jobs(settings)) {
        jobs.push_back(
            {job.name,
             newest_slot(overview.around.slots, job.name),
             next_occurrence(*job.schedule, settings.calendar, overview.around.now).due_at}
        );
    }
    return jobs;
}

json::array jobs_json(const std::vector<JobStatus>& jobs) {
    json::array array;
    for (const auto& [name, slot, next_due] : jobs) {
        json::object job{
            {"job", name},
            {"state", nullptr},
            {"scheduled_at", nullptr},
            {"reason", nullptr},
            {"next_due", to_text(next_due)}};
        if (slot != nullptr) {
            job["state"] = store::to_text(slot->state);
            job["scheduled_at"] = to_text(slot->key.scheduled_at);
            job["reason"] = text_or_null(slot->reason);
        }
        array.push_back(std::move(job));
    }
    return array;
}

json::object status_object(const config::Settings& settings, const Overview& overview) {
    json::array notices;
    for (const Notice& notice : overview.notices) {
        notices.push_back(
            {{"key", notice.key},
             {"severity", notice.severity == Notice::Severity::Error ? "error" : "warning"},
             {"what", notice.what},
             {"next", notice.next},
             {"command", notice.command}}
        );
    }
    return {
        {"version", THIDUA_VERSION},
        {"campaign", settings.campaign.id},
        {"config_hash", settings.hash},
        {"runs", overview.runs ? json::value(*overview.runs) : json::value(nullptr)},
        {"sources", sources_json(overview)},
        {"jobs", jobs_json(jobs_of(settings, overview))},
        {"mails_waiting", overview.mails_waiting},
        {"notices", std::move(notices)},
        {"free_bytes",
         overview.around.free_bytes ? json::value(*overview.around.free_bytes)
                                    : json::value(nullptr)},
        {"appeals_until", time_or_null(settings.appeals_until)},
        {"purged_at", time_or_null(overview.purged_at)}};
}

std::string sources_text(const Overview& overview) {
    std::vector<TextRow> rows{{"SOURCE", "STATE", "DATA THROUGH", "LAST PULL", ""}};
    for (const SourceStatus& source : overview.sources) {
        const store::PullSummary* pull = last_pull(overview, source.name);
        rows.push_back(
            {source.name,
             std::string(to_text(source.state)) + (source.past_limit ? ", late" : ""),
             source.data_through ? to_text(*source.data_through) : "-",
             pull == nullptr ? "-" : pull->state + " " + to_text(pull->started_at),
             pull == nullptr ? "" : pull->error}
        );
    }
    return text_table(rows);
}

std::string jobs_text(const std::vector<JobStatus>& jobs) {
    std::vector<TextRow> rows{{"JOB", "LAST", "", "NEXT DUE", ""}};
    for (const auto& [name, slot, next_due] : jobs) {
        rows.push_back(
            {name,
             slot == nullptr ? "-" : to_text(slot->key.scheduled_at),
             slot == nullptr ? "" : std::string(store::to_text(slot->state)),
             to_text(next_due),
             slot == nullptr ? "" : slot->reason}
        );
    }
    return text_table(rows);
}

std::string retention_text(const config::Settings& settings, const Overview& overview) {
    if (overview.purged_at) {
        return "single dossiers were taken away on " + to_text(*overview.purged_at);
    }
    return settings.appeals_until
               ? "single dossiers are kept; thidua purge may take them away after " +
                     to_text(*settings.appeals_until)
               : "single dossiers are kept (retention.appeals_until is not set)";
}

void print_status(const config::Settings& settings, const Overview& overview) {
    fmt::print(
        "thidua {}, campaign {}, configuration {}\n{}\n\n{}\n{}\n",
        THIDUA_VERSION,
        settings.campaign.id,
        settings.hash.substr(0, 12),
        overview.runs ? *overview.runs : "no daemon runs (systemctl start thidua)",
        sources_text(overview),
        jobs_text(jobs_of(settings, overview))
    );
    fmt::print(
        "{} messages wait for the relay; {}\n",
        overview.mails_waiting,
        retention_text(settings, overview)
    );
    for (const Notice& notice : overview.notices) {
        fmt::print(
            "{}: {}: {}; next: {}; run: {}\n",
            notice.severity == Notice::Severity::Error ? "error" : "warning",
            notice.subject,
            notice.what,
            notice.next,
            notice.command
        );
    }
}

}  // namespace

ExitCode run_status(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const auto overview = overview_of((*session)->service());
    if (!overview) {
        return report_error(overview.error());
    }
    if (options.json) {
        fmt::print("{}", pretty_json(status_object(settings, *overview)));
    } else {
        print_status(settings, *overview);
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
