// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua nominations list, check
#include "daemon/awards.hpp"
#include "daemon/commands.hpp"
#include "daemon/json_values.hpp"
#include "daemon/measure.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "rules/award_text.hpp"
#include "rules/nomination.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

/// A nomination that there is or may be.
struct ListedNomination {
    const rules::Eligibility* of = nullptr;
    const Deadline* deadline = nullptr;
    rules::NominationState state;
};

std::vector<ListedNomination> list_all(
    const std::vector<rules::Eligibility>& evaluated,
    const Plan& plan,
    std::span<const Receipt> receipts,
    Day day
) {
    std::vector<ListedNomination> all;
    for (const rules::Eligibility& one : evaluated) {
        for (const Deadline* deadline : rules::deadlines_for(plan, *one.award)) {
            all.push_back(
                {&one,
                 deadline,
                 rules::check_nomination(
                     {plan, *one.award, *deadline, one.candidate.id, receipts, day}
                 )}
            );
        }
    }
    return all;
}

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

/// "2025-01-01 – 2025-01-02, Văn phòng Sở; ngày nghỉ: 2025-01-01 (Tết Dương lịch)"
std::string window_text(const Deadline& deadline, const Plan& plan, const Calendar& calendar) {
    std::string off;
    for (const rules::DayOff& day : rules::days_off(calendar, deadline)) {
        off += fmt::format("{}{} ({})", off.empty() ? "" : ", ", to_text(day.day), day.why);
    }
    return fmt::format(
        "{} – {}, {}; {} ngày làm việc{}{}",
        to_text(deadline.from),
        to_text(deadline.to),
        name_of_body(plan, deadline.sent_to),
        working_days(calendar, deadline.from, deadline.to),
        off.empty() ? "" : "; ngày nghỉ: ",
        off
    );
}

void print_check(const ListedNomination& one, const Plan& plan, const Calendar& calendar) {
    fmt::print(
        "{}, {}: {}\n  {}\n  thẩm định: {}\n",
        one.of->award->name,
        one.of->candidate.name,
        rules::vietnamese(one.state.timing),
        window_text(*one.deadline, plan, calendar),
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
        fmt::print("{:<24} {}\n", deadline.id, window_text(deadline, plan, settings.calendar));
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

/// Whom an award is out of reach of, nobody reminds.
std::vector<rules::Reminder> reminders_for(
    const std::vector<ListedNomination>& all, const config::Settings& settings, Day day
) {
    std::vector<rules::NominationState> states;
    for (const ListedNomination& one : all) {
        if (one.of->finding.value != rules::Value::NotMet) {
            states.push_back(one.state);
        }
    }
    return rules::reminders_due(settings.campaign.plan, settings.calendar, states, day);
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
    const auto standings = standings_of(store, settings, day, now);
    const auto evaluated = standings ? eligibility_of(store, settings, *standings)
                                     : std::unexpected(standings.error());
    const auto receipts = store.call([&](store::Store& file) { return file.receipts(now); });
    if (!evaluated || !receipts) {
        return report_error(evaluated ? receipts.error() : evaluated.error());
    }
    const auto all = list_all(*evaluated, settings.campaign.plan, *receipts, day);
    if (options.command == Command::NominationsCheck) {
        return check_one(options, all, settings);
    }
    const auto reminders = reminders_for(all, settings, day);
    if (!options.json) {
        print_list(all, reminders, settings);
        return ExitCode::Done;
    }
    json::array nominations;
    std::ranges::transform(all, std::back_inserter(nominations), [](const auto& each) {
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
