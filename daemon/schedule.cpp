// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/schedule.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <optional>

namespace thidua::daemon {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;

/// The configuration loader has made sure that the zone exists.
const date::time_zone* zone_of(const std::string& name) {
    return date::locate_zone(name);
}

Instant at_local(const date::time_zone* zone, date::local_days day, minutes time_of_day) {
    const auto local = date::local_time<minutes>(day) + time_of_day;
    const auto info = zone->get_info(local);
    if (info.result == date::local_info::nonexistent) {
        return Instant{info.first.end.time_since_epoch()};
    }
    return Instant{zone->to_sys(local, date::choose::earliest).time_since_epoch()};
}

date::local_days local_day(const date::time_zone* zone, Instant instant) {
    return date::floor<days>(zone->to_local(instant));
}

bool falls_on(const Schedule& schedule, date::local_days day) {
    return !schedule.weekday || date::weekday{day}.c_encoding() == schedule.weekday->c_encoding();
}

/// The slots of one local day, in order, offered to `visit`.
template <class Visit>
void for_slots_of(
    const Schedule& schedule, const date::time_zone* zone, date::local_days day, Visit visit
) {
    if (!schedule.every) {
        if (falls_on(schedule, day)) {
            visit(at_local(zone, day, schedule.at));
        }
        return;
    }
    for (minutes at{0}; at < days{1}; at += *schedule.every) {
        visit(at_local(zone, day, at));
    }
}

// A weekly schedule has a slot within eight days of any instant, either way.
constexpr int days_searched = 8;

}  // namespace

Instant latest_slot(const Schedule& schedule, Instant now) {
    const auto* zone = zone_of(schedule.timezone);
    const date::local_days today = local_day(zone, now);
    std::optional<Instant> latest;
    for (int back = 0; back <= days_searched && !latest; ++back) {
        for_slots_of(schedule, zone, today - days{back}, [&](Instant slot) {
            if (slot <= now) {
                latest = slot;
            }
        });
    }
    check(latest.has_value(), "a schedule has a slot every week");
    return *latest;
}

Instant next_slot(const Schedule& schedule, Instant now) {
    const auto* zone = zone_of(schedule.timezone);
    const date::local_days today = local_day(zone, now);
    std::optional<Instant> next;
    for (int ahead = 0; ahead <= days_searched && !next; ++ahead) {
        for_slots_of(schedule, zone, today + days{ahead}, [&](Instant slot) {
            if (slot > now && !next) {
                next = slot;
            }
        });
    }
    check(next.has_value(), "a schedule has a slot every week");
    return *next;
}

std::string to_local_text(Instant instant, const std::string& timezone) {
    const auto info = zone_of(timezone)->get_info(date::floor<std::chrono::seconds>(instant));
    const Instant shifted = instant + info.offset;
    std::string text = to_utc_text(shifted);
    text.pop_back();  // the Z that to_utc_text ends in
    const auto offset = std::chrono::duration_cast<minutes>(info.offset).count();
    const auto distance = offset < 0 ? -offset : offset;
    return text +
           fmt::format("{}{:02}:{:02}", offset < 0 ? '-' : '+', distance / 60, distance % 60);
}

}  // namespace thidua::daemon
