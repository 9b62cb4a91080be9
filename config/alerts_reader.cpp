// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/alerts_reader.hpp"

#include "config/delivery_reader.hpp"
#include "config/schedule_reader.hpp"

#include <algorithm>

namespace thidua::config {

namespace {

constexpr int days_max = 90;

/// Daily at 06:00: after the night's pulls, before people come to work.
const Schedule alerts_default{
    .every = std::nullopt,
    .weekday = std::nullopt,
    .at = std::chrono::hours{6},
};

/// Codes of the ranked units: those that are named, or those just below the root.
std::vector<std::string> ranked_codes(const Settings& settings) {
    std::vector<std::string> codes;
    for (const RankedUnit& ranked : settings.campaign.ranked_units) {
        codes.push_back(ranked.code);
    }
    if (!codes.empty()) {
        return codes;
    }
    const auto tree = organisation_on(settings.units, settings.campaign.end);
    for (const Unit& unit : tree ? tree->units() : std::vector<Unit>()) {
        if (unit.parent == tree->root().code) {
            codes.push_back(unit.code);
        }
    }
    return codes;
}

/// A ladder on which nobody stands reminds nobody.
void warn_of_dead_routes(const Node& node, const Alerts& alerts, const Settings& settings) {
    const auto readers =
        settings.unit_editions ? settings.unit_editions->readers : std::vector<UnitReader>();
    if (readers.empty() && alerts.leaders.empty()) {
        node.warn(
            "reaches nobody: name those who read of a unit in \"reports.units\", or \"leaders\""
        );
        return;
    }
    std::vector<std::string> unread;
    for (const std::string& code : ranked_codes(settings)) {
        const bool is_read = std::ranges::any_of(readers, [&](const UnitReader& reader) {
            return reader.unit == code;
        });
        if (!is_read) {
            unread.push_back(code);
        }
    }
    if (!unread.empty()) {
        node.warn(
            "nobody who reads of these units in \"reports.units\" can be reminded of them: " +
            listed(unread)
        );
    }
}

int read_days(const Node& node, int fallback) {
    if (!node) {
        return fallback;
    }
    const std::size_t problems_before = node.problems().size();
    const auto duration = node.duration();
    const auto days = std::chrono::floor<std::chrono::days>(duration);
    const bool is_whole = days == duration && days.count() >= 1 && days.count() <= days_max;
    if (!is_whole && node.problems().size() == problems_before) {
        node.refuse("whole days from 1d to 90d, such as 7d");
    }
    return static_cast<int>(days.count());
}

/// A person who reads of a unit as well has one message of both, so it must be the same person.
void check_leaders(const Node& node, const Alerts& alerts, const Settings& settings) {
    if (!settings.unit_editions) {
        return;
    }
    const auto items = node.items();
    for (std::size_t at = 0; at < items.size() && at < alerts.leaders.size(); ++at) {
        const Recipient& leader = alerts.leaders[at];
        const bool is_other =
            std::ranges::any_of(settings.unit_editions->readers, [&](const UnitReader& reader) {
                return reader.recipient.id == leader.id &&
                       overlap(reader.recipient.days, leader.days) &&
                       reader.recipient.address != leader.address;
            });
        if (is_other) {
            items[at].report(
                "id " + shown(leader.id) + ": has another address below \"reports.units\""
            );
        }
    }
}

}  // namespace

Alerts read_alerts(Node node, const ReportScope& scope, const Settings& settings) {
    Alerts alerts;
    alerts.schedule = read_daily(node.optional("schedule"), alerts_default);
    alerts.fire_after_days = read_days(node.optional("for"), alerts.fire_after_days);
    alerts.recover_after_days =
        read_days(node.optional("recover_after"), alerts.recover_after_days);
    Node escalate = node.optional("escalate");
    alerts.second_after =
        escalate.optional("second").number_or<int>(1, days_max, alerts.second_after);
    const Node leaders_after = escalate.optional("leaders");
    const std::size_t problems_before = node.problems().size();
    alerts.leaders_after = leaders_after.number_or<int>(1, days_max, alerts.leaders_after);
    if (alerts.leaders_after <= alerts.second_after && node.problems().size() == problems_before) {
        escalate.report(
            "leaders are told after the second reminder: \"leaders\" must be above \"second\", "
            "both "
            "are working days after the first"
        );
    }
    escalate.finish();
    const Node leaders = node.optional("leaders");
    alerts.leaders = read_recipients(leaders, scope);
    if (leaders) {
        check_leaders(leaders, alerts, settings);
    }
    const Node file_to = node.optional("file_to");
    alerts.file_to =
        file_to ? file_to.path_in(settings.state_directory) : settings.state_directory / "editions";
    node.finish();
    if (!alerts.leaders.empty() && !settings.smtp) {
        node.report("has leaders, but there is no \"smtp:\" to reach them");
    }
    warn_of_dead_routes(node, alerts, settings);
    return alerts;
}

int read_urging_interval(Node node) {
    const int days = read_days(node.optional("interval"), default_urging_interval);
    node.finish();
    return days;
}

}  // namespace thidua::config
