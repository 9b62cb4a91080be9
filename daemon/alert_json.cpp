// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/alert_json.hpp"

#include "daemon/json_values.hpp"

#include <boost/json.hpp>

namespace thidua::daemon {

namespace json = boost::json;

json::object silence_json(const Silence& silence, Day today) {
    return {
        {"id", silence.id},
        {"unit", text_or_null(silence.unit)},
        {"indicator", text_or_null(silence.indicator)},
        {"from", to_text(silence.from)},
        {"until", to_text(silence.until)},
        {"by", silence.by},
        {"reason", silence.reason},
        {"at", to_text(silence.at)},
        {"in_force", is_in_force(silence, today)},
        {"ended_by", silence.end ? json::value(silence.end->by) : json::value(nullptr)},
        {"ended_at", silence.end ? json::value(to_text(silence.end->at)) : json::value(nullptr)}};
}

json::object change_json(const AlertChange& change) {
    const auto& counts = change.seen.counts;
    return {
        {"day", to_text(change.seen.day)},
        {"unit", change.key.unit},
        {"indicator", change.key.indicator},
        {"from", to_text(change.from)},
        {"to", to_text(change.alert.state)},
        {"recovering", change.alert.is_recovering},
        {"cause", to_text(change.seen.cause)},
        {"source", text_or_null(change.seen.source)},
        {"numerator", counts ? json::value(counts->numerator) : json::value(nullptr)},
        {"denominator", counts ? json::value(counts->denominator) : json::value(nullptr)}};
}

json::object step_json(const StepTaken& step) {
    return {
        {"day", to_text(step.day)},
        {"unit", step.key.unit},
        {"indicator", step.key.indicator},
        {"step", to_text(step.step)},
        {"edition", text_or_null(step.edition)}};
}

json::object alert_rule_json(const config::Alerts& alerts) {
    return {
        {"for_days", alerts.fire_after_days},
        {"recover_after_days", alerts.recover_after_days},
        {"second_after_working_days", alerts.second_after},
        {"leaders_after_working_days",
         alerts.leaders.empty() ? json::value(nullptr) : json::value(alerts.leaders_after)}};
}

}  // namespace thidua::daemon
