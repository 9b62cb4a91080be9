// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua schedule: what falls due next, and what became of what fell due.
#include "daemon/alert_job.hpp"
#include "daemon/commands.hpp"
#include "daemon/cycle.hpp"
#include "daemon/schedule.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/text_table.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

constexpr std::string_view business_zone = "Asia/Ho_Chi_Minh";

/// When a job falls due.
struct NextDue {
    std::string job;
    Instant due_at;
    std::string timezone;
    bool is_moved = false;  ///< by a holiday
};

std::vector<NextDue> next_of_all_jobs(const config::Settings& settings, Instant now) {
    std::vector<NextDue> all;
    const auto add = [&](std::string job, const Schedule& schedule) {
        const Occurrence next = next_occurrence(schedule, settings.calendar, now);
        all.push_back(
            {std::move(job), next.due_at, schedule.timezone, next.due_at != next.scheduled_at}
        );
    };
    for (const config::SourceSettings& source : settings.sources) {
        add(pull_job_name(source.description.name), source.schedule);
    }
    if (settings.alerts) {
        add(std::string(alerts_job_name), settings.alerts->schedule);
    }
    if (settings.backups) {
        add(std::string(backup_job_name), settings.backups->schedule);
    }
    if (settings.digest) {
        add(std::string(digest_job_name), settings.digest->schedule);
    }
    if (settings.digest && settings.unit_editions) {
        add(std::string(unit_editions_job_name), settings.digest->schedule);
    }
    if (settings.digest && settings.final_reports) {
        add(std::string(rehearsal_job_name), settings.digest->schedule);
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

json::value or_null(const std::optional<Instant>& instant) {
    return instant ? json::value(to_text(*instant)) : json::value(nullptr);
}

json::object slot_json(const store::Slot& slot) {
    return {
        {"job", slot.key.job},
        {"scheduled_at", to_text(slot.key.scheduled_at)},
        {"state", store::to_text(slot.state)},
        {"attempts", slot.attempts},
        {"started_at", to_text(slot.started_at)},
        {"finished_at", or_null(slot.finished_at)},
        {"reason", slot.reason}};
}

}  // namespace

ExitCode run_schedule_next(const Options& options, const config::Settings& settings) {
    const auto all = next_of_all_jobs(settings, Clock(options.now).now());
    json::array array;
    for (const NextDue& next : all) {
        const std::string local = to_local_text(next.due_at, next.timezone);
        array.push_back(
            {{"job", next.job},
             {"local", local},
             {"timezone", next.timezone},
             {"utc", to_utc_text(next.due_at)},
             {"moved_by_holiday", next.is_moved}}
        );
        if (!options.json) {
            fmt::print(
                "{:<24} {} {}  {}{}\n",
                next.job,
                local,
                next.timezone,
                to_utc_text(next.due_at),
                next.is_moved ? "  moved by a holiday" : ""
            );
        }
    }
    if (options.json) {
        fmt::print("{}", pretty_json(array));
    }
    return ExitCode::Done;
}

ExitCode run_schedule_list(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const auto slots = (*session)->store().call([&](store::Store& store) {
        return store.slots(options.job, options.limit);
    });
    if (!slots) {
        return report_error(slots.error());
    }
    if (options.json) {
        json::array array;
        std::ranges::transform(*slots, std::back_inserter(array), slot_json);
        fmt::print("{}", pretty_json(array));
        return ExitCode::Done;
    }
    std::vector<TextRow> rows{{"scheduled", "job", "state", "ended", "reason"}};
    for (const store::Slot& slot : *slots) {
        rows.push_back(
            {to_text(slot.key.scheduled_at),
             slot.key.job,
             std::string(store::to_text(slot.state)),
             slot.finished_at ? to_text(*slot.finished_at) : "-",
             slot.reason}
        );
    }
    fmt::print("{}", text_table(rows));
    return ExitCode::Done;
}

}  // namespace thidua::daemon
