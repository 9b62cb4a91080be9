// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/schedule_reader.hpp"

#include <date/tz.h>

#include <exception>

namespace thidua::config {

namespace {

constexpr std::chrono::minutes day_length = std::chrono::hours{24};

std::vector<std::string> zone_names() {
    std::vector<std::string> names;
    for (const date::time_zone& zone : date::get_tzdb().zones) {
        names.push_back(zone.name());
    }
    return names;
}

std::string read_timezone(const Node& node) {
    constexpr std::string_view allowed = "the name of a time zone, such as Asia/Ho_Chi_Minh";
    const std::string name = node.text();
    if (name.empty()) {
        return name;
    }
    try {
        (void)date::locate_zone(name);
    } catch (const std::exception&) {  // the zone is unknown, or there is no zone data at all
        std::vector<std::string> names;
        try {
            names = zone_names();
        } catch (const std::exception&) {
            node.report("no zone data on this machine: install the package tzdata");
            return name;
        }
        node.refuse(std::string(allowed) + did_you_mean(name, names));
    }
    return name;
}

std::optional<std::chrono::minutes> read_every(const Node& node) {
    if (!node) {
        return std::nullopt;
    }
    const std::size_t problems_before = node.problems().size();
    const auto every = node.duration();
    const bool is_whole = every >= std::chrono::minutes{1} && every <= day_length &&
                          day_length % every == std::chrono::milliseconds{0} &&
                          every % std::chrono::minutes{1} == std::chrono::milliseconds{0};
    if (!is_whole && node.problems().size() == problems_before) {
        node.refuse("whole minutes that divide a day evenly, such as 15m, 1h or 6h");
    }
    return std::chrono::floor<std::chrono::minutes>(every);
}

std::optional<std::chrono::weekday> read_weekday(const Node& node) {
    if (!node) {
        return std::nullopt;
    }
    using std::chrono::weekday;
    return node.one_of<weekday>({
        {"monday", std::chrono::Monday},
        {"tuesday", std::chrono::Tuesday},
        {"wednesday", std::chrono::Wednesday},
        {"thursday", std::chrono::Thursday},
        {"friday", std::chrono::Friday},
        {"saturday", std::chrono::Saturday},
        {"sunday", std::chrono::Sunday},
    });
}

std::optional<Cron> read_cron(const Node& node) {
    if (!node || !node.is_scalar()) {
        (void)node.raw();
        return std::nullopt;
    }
    auto cron = parse_cron(node.raw());
    if (!cron) {
        node.report(shown(node.raw()) + ": " + cron.error().message);
        return std::nullopt;
    }
    return *std::move(cron);
}

/// What moves an occurrence, and what becomes of one that was missed.
void read_exceptions(Node& node, Schedule& schedule) {
    const Node on_holiday = node.optional("on_holiday");
    if (on_holiday) {
        schedule.on_holiday = on_holiday.one_of<OnHoliday>({
            {"same", OnHoliday::Same},
            {"previous", OnHoliday::Previous},
            {"next", OnHoliday::Next},
        });
    }
    if (on_holiday && schedule.every) {
        on_holiday.report("goes with \"at\" or \"cron\": what comes every so often is not moved");
    }
    if (const Node misfire = node.optional("misfire")) {
        schedule.misfire = misfire.one_of<Misfire>({
            {"run_latest", Misfire::RunLatest},
            {"run_all", Misfire::RunAll},
            {"skip", Misfire::Skip},
        });
    }
    if (const Node window = node.optional("catchup_window")) {
        const std::size_t problems_before = node.problems().size();
        schedule.catchup_window = window.duration();
        if (*schedule.catchup_window < std::chrono::minutes{1} &&
            node.problems().size() == problems_before) {
            window.refuse("at least 1m; to make up for nothing, write \"misfire: skip\" instead");
        }
    }
}

}  // namespace

Schedule read_schedule(Node node, const Schedule& fallback) {
    if (!node) {
        return fallback;
    }
    Schedule schedule;
    const Node every = node.optional("every");
    const Node weekday = node.optional("weekday");
    const Node at = node.optional("at");
    const Node cron = node.optional("cron");
    const Node timezone = node.optional("timezone");
    schedule.every = read_every(every);
    schedule.weekday = read_weekday(weekday);
    schedule.at = at ? at.time_of_day() : schedule.at;
    schedule.cron = read_cron(cron);
    schedule.timezone = timezone ? read_timezone(timezone) : schedule.timezone;
    const bool has_time = at || weekday;
    if (node.is_map() && (every ? 1 : 0) + (has_time ? 1 : 0) + (cron ? 1 : 0) > 1) {
        node.report(
            "give one of \"every\", \"at\" with or without \"weekday\", and \"cron\", not several"
        );
    } else if (node.is_map() && !every && !at && !cron) {
        node.report(
            "when? Give {every: 6h}, {at: \"05:00\"}, {weekday: monday, at: \"05:00\"} or "
            "{cron: \"30 7 * * mon\"}"
        );
    }
    read_exceptions(node, schedule);
    node.finish();
    return schedule;
}

Schedule read_daily(const Node& node, const Schedule& fallback) {
    const std::size_t problems_before = node.problems().size();
    const Schedule schedule = read_schedule(node, fallback);
    const bool is_daily = !schedule.every && !schedule.weekday && !schedule.cron &&
                          schedule.on_holiday == OnHoliday::Same;
    if (!is_daily && node.problems().size() == problems_before) {
        node.report("every day is looked at once: give \"at\" alone, such as {at: \"06:00\"}");
    }
    return schedule;
}

}  // namespace thidua::config
