// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua nominations list, check
#include "daemon/commands.hpp"
#include "daemon/json_values.hpp"
#include "daemon/nominations.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "reports/nomination_notice.hpp"
#include "rules/award_text.hpp"
#include "rules/nomination.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

json::object to_json(const ListedNomination& one) {
    json::array parts;
    for (const rules::PartState& part : one.state.parts) {
        parts.push_back(
            {{"part", part.part},
             {"name", part.name},
             {"required", part.required},
             {"received", part.received},
             {"complete_on", time_or_null(part.complete_on)}}
        );
    }
    return {
        {"candidate", one.of->candidate.id},
        {"name", one.of->candidate.name},
        {"award", one.of->award->id},
        {"verdict", rules::verdict_text(one.of->finding)},
        {"deadline", one.deadline->id},
        {"begun", one.state.is_begun},
        {"complete_on", time_or_null(one.state.complete_on)},
        {"timing", rules::to_text(one.state.timing)},
        {"parts", std::move(parts)}};
}

json::array deadlines_json(const Plan& plan, const Calendar& calendar) {
    json::array array;
    for (const Deadline& deadline : plan.deadlines) {
        json::array off;
        for (const rules::DayOff& day : rules::days_off(calendar, deadline)) {
            off.push_back({{"day", to_text(day.day)}, {"why", day.why}});
        }
        array.push_back(
            {{"id", deadline.id},
             {"from", to_text(deadline.from)},
             {"to", to_text(deadline.to)},
             {"sent_to", deadline.sent_to},
             {"working_days", working_days(calendar, deadline.from, deadline.to)},
             {"days_off", std::move(off)}}
        );
    }
    return array;
}

json::array reminders_json(const std::vector<rules::Reminder>& reminders) {
    json::array array;
    for (const rules::Reminder& one : reminders) {
        array.push_back(
            {{"kind", rules::to_text(one.kind)},
             {"candidate", one.candidate},
             {"award", one.award},
             {"deadline", one.deadline},
             {"missing", json::array(one.missing.begin(), one.missing.end())}}
        );
    }
    return array;
}

void print_check(const ListedNomination& one, const Plan& plan, const Calendar& calendar) {
    fmt::print(
        "{}, {}: {}\n  {}\n  thẩm định: {}\n",
        one.of->award->name,
        one.of->candidate.name,
        rules::vietnamese(one.state.timing),
        reports::window_phrase(*one.deadline, plan, calendar),
        rules::verdict_text(one.of->finding)
    );
    for (const rules::PartState& part : one.state.parts) {
        fmt::print(
            "  {:02}/{:02} bộ {}{}\n",
            part.received,
            part.required,
            part.name,
            part.complete_on ? ", đủ từ " + to_text(*part.complete_on) : ": còn thiếu"
        );
    }
}

void print_list(
    const std::vector<ListedNomination>& all,
    const std::vector<rules::Reminder>& reminders,
    const config::Settings& settings
) {
    const Plan& plan = settings.campaign.plan;
    for (const Deadline& deadline : plan.deadlines) {
        fmt::print(
            "{:<24} {}\n", deadline.id, reports::window_phrase(deadline, plan, settings.calendar)
        );
    }
    for (const ListedNomination& one : all) {
        std::vector<std::string> parts;
        for (const rules::PartState& part : one.state.parts) {
            parts.push_back(fmt::format("{} {}/{}", part.part, part.received, part.required));
        }
        fmt::print(
            "{:<16} {:<10} {:<24} {}: {}\n",
            one.of->candidate.id,
            one.of->award->id,
            one.deadline->id,
            rules::vietnamese(one.state.timing),
            fmt::join(parts, ", ")
        );
    }
    for (const rules::Reminder& one : reminders) {
        fmt::print(
            "cần nhắc ({}): {}, {}, {}; còn thiếu {}\n",
            rules::to_text(one.kind),
            one.candidate,
            one.award,
            one.deadline,
            fmt::join(one.missing, ", ")
        );
    }
}

ExitCode check_one(
    const Options& options,
    const std::vector<ListedNomination>& all,
    const config::Settings& settings
) {
    json::array array;
    bool is_whole = true;
    bool is_there = false;
    for (const ListedNomination& one : all) {
        if (one.of->candidate.id != options.unit || one.of->award->id != options.award) {
            continue;
        }
        is_there = true;
        is_whole = is_whole && one.state.complete_on;
        array.push_back(to_json(one));
        if (!options.json) {
            print_check(one, settings.campaign.plan, settings.calendar);
        }
    }
    if (!is_there) {
        return report_error(
            {ErrorKind::Usage,
             "nominations check: no such candidate, or no such award for them; thidua nominations "
             "list lists those that there are"}
        );
    }
    if (options.json) {
        fmt::print("{}", pretty_json(array));
    }
    return is_whole ? ExitCode::Done : ExitCode::Negative;
}

}  // namespace

ExitCode run_nominations(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const Instant now = Clock(options.now).now();
    const Day day = options.as_of.value_or(day_of(now));
    SharedStore& store = (*session)->store();
    const auto all = Nominations::load(store, settings, day, now);
    if (!all) {
        return report_error(all.error());
    }
    if (options.command == Command::NominationsCheck) {
        return check_one(options, (*all)->listed, settings);
    }
    const auto reminders = reminders_for((*all)->listed, settings, day);
    if (!options.json) {
        print_list((*all)->listed, reminders, settings);
        return ExitCode::Done;
    }
    json::array nominations;
    std::ranges::transform((*all)->listed, std::back_inserter(nominations), [](const auto& each) {
        return to_json(each);
    });
    fmt::print(
        "{}",
        pretty_json(json::object{
            {"day", to_text(day)},
            {"deadlines", deadlines_json(settings.campaign.plan, settings.calendar)},
            {"nominations", std::move(nominations)},
            {"reminders", reminders_json(reminders)}})
    );
    return ExitCode::Done;
}

}  // namespace thidua::daemon
