// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua alerts list, explain
#include "core/text.hpp"
#include "daemon/alert_json.hpp"
#include "daemon/alert_view.hpp"
#include "daemon/alerts.hpp"
#include "daemon/commands.hpp"
#include "daemon/json_values.hpp"
#include "daemon/named.hpp"
#include "daemon/session.hpp"
#include "daemon/standings_json.hpp"
#include "daemon/text_table.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

std::string_view wait_word(const NextAction& action) {
    if (action.is_pending) {
        return "pending";
    }
    switch (action.step->wait) {
        case rules::NextStep::Wait::Nothing:
            return "nothing";
        case rules::NextStep::Wait::Silenced:
            return "silenced";
        case rules::NextStep::Wait::Frozen:
            return "frozen";
        case rules::NextStep::Wait::Recovery:
            return "recovery";
    }
    check(false, "wait_word: a known Wait");
    return "";
}

/// "second on 2024-10-25", "leaders, once there is data again"
std::string action_text(const NextAction& action) {
    if (!action.step) {
        return "none";
    }
    const std::string step(to_text(action.step->step));
    switch (action.step->wait) {
        case rules::NextStep::Wait::Frozen:
            return step + ", once there is data again";
        case rules::NextStep::Wait::Recovery:
            return step + ", if it falls below its target again";
        case rules::NextStep::Wait::Nothing:
        case rules::NextStep::Wait::Silenced:
            break;
    }
    return fmt::format(
        "{} on {}{}{}",
        step,
        to_text(*action.step->day),
        action.is_pending ? ", if it stays below its target" : "",
        action.step->wait == rules::NextStep::Wait::Silenced ? ", held back by a silence" : ""
    );
}

json::value action_json(
    const config::Settings& settings, const AlertKey& key, const NextAction& action
) {
    if (!action.step) {
        return nullptr;
    }
    json::array readers;
    // A step that waits for data has no day yet: those who read now are named.
    for (const auto& reader : readers_of_step(
             settings, key.unit, action.step->step, action.step->day.value_or(action.next_run)
         )) {
        readers.emplace_back(reader.id);
    }
    return json::object{
        {"step", to_text(action.step->step)},
        {"day", time_or_null(action.step->day)},
        {"wait", wait_word(action)},
        {"recipients", std::move(readers)}};
}

const rules::UnitStanding* find_unit(const AlertView& view, const std::string& code) {
    if (!view.standings) {
        return nullptr;
    }
    const auto& units = view.standings->units;
    const auto place = std::ranges::find(units, code, &rules::UnitStanding::code);
    return place == units.end() ? nullptr : &*place;
}

const rules::Figure* find_figure(const AlertView& view, const AlertKey& key) {
    const rules::UnitStanding* unit = find_unit(view, key.unit);
    if (unit == nullptr) {
        return nullptr;
    }
    const auto figure = std::ranges::find(unit->figures, key.indicator, &rules::Figure::indicator);
    return figure == unit->figures.end() ? nullptr : &*figure;
}

std::string_view name_of(const AlertView& view, const std::string& code) {
    const rules::UnitStanding* unit = find_unit(view, code);
    return unit == nullptr ? std::string_view() : std::string_view(unit->name);
}

/// "339/821", or what there is instead.
std::string counts_text(const AlertView& view, const AlertKey& key) {
    const rules::Figure* figure = find_figure(view, key);
    return figure == nullptr || !figure->counts
               ? "unknown"
               : fmt::format("{}/{}", figure->counts->numerator, figure->counts->denominator);
}

json::object alert_json(
    const config::Settings& settings, const AlertView& view, const AlertKey& key
) {
    const Alert alert = view.book.alert_of(key);
    const rules::Figure* figure = find_figure(view, key);
    json::object object{
        {"unit", key.unit},
        {"name", text_or_null(std::string(name_of(view, key.unit)))},
        {"indicator", key.indicator},
        {"state", to_text(alert.state)},
        {"held", to_text(alert.held)},
        {"recovering", alert.is_recovering},
        {"run", alert.run},
        {"since", time_or_null(alert.since)},
        {"frozen_since", time_or_null(alert.frozen_since)},
        {"below_since", time_or_null(view.book.below_since(key))},
        {"silenced",
         std::ranges::any_of(
             view.book.silences(),
             [&](const Silence& silence) { return covers(silence, key, view.next_run); }
         )},
        {"next", action_json(settings, key, next_action(settings, view, key))}};
    object["figure"] = figure == nullptr ? json::value(nullptr) : json::value(figure_json(*figure));
    return object;
}

std::string state_text(const Alert& alert) {
    std::string text(to_text(alert.state));
    if (alert.state == AlertState::Undetermined) {
        text += fmt::format(" ({} until then)", to_text(alert.held));
    }
    return alert.is_recovering ? text + ", recovering" : text;
}

std::string since_text(const Alert& alert) {
    const auto since = alert.frozen_since ? alert.frozen_since : alert.since;
    return since ? to_text(*since) : "-";
}

std::string list_text(
    const config::Settings& settings, const AlertView& view, const std::vector<AlertKey>& keys
) {
    std::vector<TextRow> rows{{"UNIT", "INDICATOR", "STATE", "SINCE", "COUNTS", "NEXT"}};
    for (const AlertKey& key : keys) {
        const Alert alert = view.book.alert_of(key);
        rows.push_back(
            {key.unit,
             key.indicator,
             state_text(alert),
             since_text(alert),
             counts_text(view, key),
             action_text(next_action(settings, view, key))}
        );
    }
    return text_table(rows);
}

std::string change_line(const AlertChange& change) {
    const auto& counts = change.seen.counts;
    return fmt::format(
        "  {}  {} -> {}: {}{}\n",
        to_text(change.seen.day),
        to_text(change.from),
        state_text(change.alert),
        change.seen.source.empty() ? std::string(to_text(change.seen.cause))
                                   : fmt::format("source {} is not up to date", change.seen.source),
        counts ? fmt::format(", {}/{}", counts->numerator, counts->denominator) : ""
    );
}

std::string rule_text(const config::Alerts& alerts) {
    return fmt::format(
        "rule: fires after {} days below the target, ends after {} days not below, days without "
        "data not counted; second reminder {} working days after the first{}\n",
        alerts.fire_after_days,
        alerts.recover_after_days,
        alerts.second_after,
        alerts.leaders.empty() ? "" : fmt::format(", leaders {}", alerts.leaders_after)
    );
}

void print_explanation(
    const config::Settings& settings, const AlertView& view, const AlertKey& key
) {
    const Alert alert = view.book.alert_of(key);
    const auto below = view.book.below_since(key);
    fmt::print(
        "{} {}, {}: {} since {}; {}{}\n",
        key.unit,
        name_of(view, key.unit),
        key.indicator,
        state_text(alert),
        since_text(alert),
        counts_text(view, key),
        below ? fmt::format(", below its target since {}", to_text(*below)) : ""
    );
    if (alert.state == AlertState::Pending) {
        fmt::print("seen below on {} of {} days\n", alert.run, settings.alerts->fire_after_days);
    }
    const NextAction action = next_action(settings, view, key);
    fmt::print("next action: {}\n", action_text(action));
    if (action.step) {
        const auto readers = readers_of_step(
            settings, key.unit, action.step->step, action.step->day.value_or(action.next_run)
        );
        for (const auto& reader : readers) {
            fmt::print("  to {}\n", reader.id);
        }
        if (readers.empty()) {
            fmt::print("  to nobody: no recipient of reports.units reads of this unit\n");
        }
    }
    fmt::print("{}", rule_text(*settings.alerts));
    for (const AlertChange& change : view.book.changes()) {
        fmt::print("{}", change.key == key ? change_line(change) : "");
    }
    for (const StepTaken& step : view.book.steps()) {
        if (step.key == key) {
            fmt::print(
                "  {}  told: {}, {}\n",
                to_text(step.day),
                to_text(step.step),
                step.edition.empty() ? "nobody" : step.edition
            );
        }
    }
    for (const Silence& silence : view.book.silences()) {
        if (covers(silence, key, std::max(silence.from, view.next_run))) {
            fmt::print(
                "  silence {} until {}, {}: {}\n",
                silence.id,
                to_text(silence.until),
                one_line(silence.by),
                one_line(silence.reason)
            );
        }
    }
}

json::object explanation_json(
    const config::Settings& settings, const AlertView& view, const AlertKey& key, Day today
) {
    json::object object = alert_json(settings, view, key);
    json::array changes;
    for (const AlertChange& change : view.book.changes()) {
        if (change.key == key) {
            changes.push_back(change_json(change));
        }
    }
    json::array steps;
    for (const StepTaken& step : view.book.steps()) {
        if (step.key == key) {
            steps.push_back(step_json(step));
        }
    }
    json::array silences;
    for (const Silence& silence : view.book.silences()) {
        if (covers(silence, key, std::max(silence.from, view.next_run))) {
            silences.push_back(silence_json(silence, today));
        }
    }
    object["rule"] = alert_rule_json(*settings.alerts);
    object["changes"] = std::move(changes);
    object["steps"] = std::move(steps);
    object["silences"] = std::move(silences);
    return object;
}

}  // namespace

ExitCode run_alerts_list(const Options& options, const config::Settings& settings) {
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const auto view = view_alerts((*session)->store(), settings, (*session)->clock().now());
    if (!view) {
        return report_error(view.error());
    }
    std::vector<AlertKey> keys;
    if (view->standings) {
        keys = watched(settings, *view->standings, view->book);
    }
    std::erase_if(keys, [&](const AlertKey& key) {
        return !options.all && view->book.alert_of(key).state == AlertState::Inactive;
    });
    if (!options.json) {
        fmt::print("{}", list_text(settings, *view, keys));
        return ExitCode::Done;
    }
    json::array array;
    for (const AlertKey& key : keys) {
        array.push_back(alert_json(settings, *view, key));
    }
    fmt::print(
        "{}",
        pretty_json(json::object{
            {"day", time_or_null(view->book.last_day())},
            {"next_run", to_text(view->next_run)},
            {"rule", alert_rule_json(*settings.alerts)},
            {"alerts", std::move(array)}})
    );
    return ExitCode::Done;
}

ExitCode run_alerts_explain(const Options& options, const config::Settings& settings) {
    const auto unit = find_unit_code(settings, options.unit);
    const auto indicator = find_indicator(settings.campaign, options.indicator);
    if (!unit || !indicator) {
        return report_error(unit ? indicator.error() : unit.error());
    }
    const auto session = Session::open(settings, Session::Purpose::Read, options.now, {});
    if (!session) {
        return report_error(session.error());
    }
    const Instant now = (*session)->clock().now();
    const auto view = view_alerts((*session)->store(), settings, now);
    if (!view) {
        return report_error(view.error());
    }
    const AlertKey key{*unit, (*indicator)->id};
    if (options.json) {
        fmt::print("{}", pretty_json(explanation_json(settings, *view, key, day_of(now))));
    } else {
        print_explanation(settings, *view, key);
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
