// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/schedule.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <vector>

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

bool names(const Schedule& schedule, date::local_days day) {
    const std::chrono::sys_days same{day.time_since_epoch()};
    return schedule.cron ? falls_on(*schedule.cron, std::chrono::year_month_day{same})
                         : !schedule.weekday || std::chrono::weekday{same} == *schedule.weekday;
}

/// The times of day at which `schedule` falls due on a day that it names, ascending.
std::vector<minutes> times_of_day(const Schedule& schedule) {
    if (!schedule.every && !schedule.cron) {
        return {schedule.at};
    }
    std::vector<minutes> times;
    for (minutes at{0}; at < days{1}; at += schedule.every.value_or(minutes{1})) {
        const auto hour = static_cast<std::size_t>(at / std::chrono::hours{1});
        const auto minute = static_cast<std::size_t>(at.count() % 60);
        if (!schedule.cron ||
            (schedule.cron->hours.test(hour) && schedule.cron->minutes.test(minute))) {
            times.push_back(at);
        }
    }
    return times;
}

/// The day to which a holiday moves what would be on `day`.
date::local_days moved(const Schedule& schedule, const Calendar& calendar, date::local_days day) {
    const Day same{day.time_since_epoch()};
    Day to = same;
    if (schedule.on_holiday == OnHoliday::Next) {
        to = next_working_day(calendar, same);
    }
    while (schedule.on_holiday == OnHoliday::Previous && !is_working_day(calendar, to)) {
        to -= days{1};
    }
    return day + (to - same);
}

/// How far a holiday may move something: longer than Tết with all that people join to it.
constexpr days moved_max{31};

/// What walks along the days of a schedule.
class Walk {
  public:
    Walk(const Schedule& schedule, const Calendar& calendar)
        : schedule_(schedule),
          calendar_(calendar),
          zone_(zone_of(schedule.timezone)),
          times_(times_of_day(schedule)),
          margin_(schedule.on_holiday == OnHoliday::Same ? days{1} : moved_max) {}

    /// The occurrences that are scheduled for a local day, ascending.
    [[nodiscard]] std::vector<Occurrence> on(date::local_days day) const {
        std::vector<Occurrence> found;
        if (!names(schedule_, day)) {
            return found;
        }
        const auto to = moved(schedule_, calendar_, day);
        for (const minutes at : times_) {
            found.push_back({at_local(zone_, day, at), at_local(zone_, to, at)});
        }
        return found;
    }

    [[nodiscard]] date::local_days day_of(Instant instant) const {
        return local_day(zone_, instant);
    }
    /// How many days apart scheduled and due may be.
    [[nodiscard]] days margin() const { return margin_; }
    /// Within so many days there is an occurrence: a week, or the 28 years after which a calendar
    /// begins anew.
    [[nodiscard]] days reach() const {
        return margin_ + (schedule_.cron ? days{28 * 366} : days{8});
    }

  private:
    const Schedule& schedule_;
    const Calendar& calendar_;
    const date::time_zone* zone_;
    std::vector<minutes> times_;
    days margin_;
};

}  // namespace

Occurrence latest_occurrence(const Schedule& schedule, const Calendar& calendar, Instant now) {
    const Walk walk(schedule, calendar);
    const date::local_days today = walk.day_of(now);
    std::optional<Occurrence> latest;
    for (auto day = today + walk.margin(); !latest && day >= today - walk.reach(); day -= days{1}) {
        for (const Occurrence& each : walk.on(day)) {
            latest = each.due_at <= now ? each : latest;
        }
    }
    check(latest.has_value(), "a schedule has an occurrence within its reach");
    return *latest;
}

Occurrence next_occurrence(const Schedule& schedule, const Calendar& calendar, Instant now) {
    const Walk walk(schedule, calendar);
    const date::local_days today = walk.day_of(now);
    date::local_days last = today + walk.reach();
    std::optional<Occurrence> next;
    for (auto day = today - walk.margin(); day <= last; day += days{1}) {
        for (const Occurrence& each : walk.on(day)) {
            if (each.due_at > now && (!next || each.due_at < next->due_at)) {
                next = each;
                last = walk.day_of(each.due_at) + walk.margin();  // what a holiday moves before it
            }
        }
    }
    check(next.has_value(), "a schedule has an occurrence within its reach");
    return *next;
}

std::vector<Occurrence> occurrences(
    const Schedule& schedule, const Calendar& calendar, Instant after, Instant now
) {
    const Walk walk(schedule, calendar);
    std::vector<Occurrence> found;
    for (auto day = walk.day_of(after); day <= walk.day_of(now) + walk.margin(); day += days{1}) {
        for (const Occurrence& each : walk.on(day)) {
            if (each.scheduled_at > after && each.due_at <= now) {
                found.push_back(each);
            }
        }
    }
    return found;
}

Instant same_day_at(Instant instant, const std::string& timezone, std::chrono::minutes time) {
    const auto* zone = zone_of(timezone);
    return at_local(zone, local_day(zone, instant), time);
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
