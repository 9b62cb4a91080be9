// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/calendar_reader.hpp"

#include <utility>

namespace thidua::config {
namespace {

constexpr std::chrono::days holiday_max{31};  // Tết takes ten

/// First and last day of a holiday, in the right order; the first day twice after a mistake.
std::pair<Day, Day> read_days(Node& node) {
    const Node day = node.optional("day");
    if (day) {
        if (const Node from = node.optional("from")) {
            from.report("goes together with \"to\", not with \"day\"");
        }
        return {day.day(), day.day()};
    }
    const std::size_t problems_before = node.problems().size();
    const Day first = node.required("from").day();
    const Node last = node.required("to");
    const Day to = last.day();
    if (node.problems().size() != problems_before) {
        return {first, first};
    }
    if (to < first || to - first > holiday_max) {
        last.refuse("the last day: not before \"from\", and within a month of it");
        return {first, first};
    }
    return {first, to};
}

void read_holiday(Node node, Calendar& calendar) {
    const auto [first, last] = read_days(node);
    const std::string name = node.required("name").text();
    for (Day day = first; day <= last; day += std::chrono::days{1}) {
        if (!calendar.holidays.emplace(day, name).second) {
            node.report(thidua::to_text(day) + ": a holiday already");
        }
    }
    node.finish();
}

}  // namespace

Calendar read_calendar(Node node) {
    (void)node.required("version").integer(1, 1);
    Calendar calendar;
    for (const Node& item : node.required("holidays").items()) {
        read_holiday(item, calendar);
    }
    for (const Node& item : node.optional("swapped").items()) {
        const std::size_t problems_before = item.problems().size();
        const Day day = item.day();
        if (item.problems().size() != problems_before) {
            continue;
        }
        const std::chrono::weekday weekday{day};
        const bool is_weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
        if (!is_weekend || calendar.holidays.contains(day)) {
            item.refuse("a Saturday or Sunday that is no holiday, and that is worked on");
        } else if (!calendar.swapped.insert(day).second) {
            item.report(thidua::to_text(day) + ": swapped already");
        }
    }
    node.finish();
    return calendar;
}

}  // namespace thidua::config
