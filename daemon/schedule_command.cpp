// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua schedule: what falls due next, and what became of what fell due.
#include "daemon/commands.hpp"
#include "daemon/json_values.hpp"
#include "daemon/schedule.hpp"
#include "daemon/scheduled_jobs.hpp"
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

json::object slot_json(const store::Slot& slot) {
    return {
        {"job", slot.key.job},
        {"scheduled_at", to_text(slot.key.scheduled_at)},
        {"state", store::to_text(slot.state)},
        {"attempts", slot.attempts},
        {"started_at", to_text(slot.started_at)},
        {"finished_at", time_or_null(slot.finished_at)},
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
