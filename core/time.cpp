// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/time.hpp"

#include "core/find_time.hpp"

#include <fmt/format.h>

#include <optional>

namespace thidua {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr hours vietnam_offset{7};

/// Reads exactly `width` digits at `position`.
std::optional<int> digits(std::string_view text, std::size_t position, std::size_t width) {
    if (position + width > text.size()) {
        return std::nullopt;
    }
    int value = 0;
    for (std::size_t at = position; at < position + width; ++at) {
        if (text[at] < '0' || text[at] > '9') {
            return std::nullopt;
        }
        value = value * 10 + (text[at] - '0');
    }
    return value;
}

std::optional<Day> make_day(
    std::optional<int> year, std::optional<int> month, std::optional<int> day
) {
    if (!year || !month || !day || *year < 1970) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{
        std::chrono::year{*year},
        std::chrono::month{static_cast<unsigned>(*month)},
        std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) {
        return std::nullopt;
    }
    return Day{date};
}

std::optional<milliseconds> make_time_of_day(
    std::optional<int> hour, std::optional<int> minute, std::optional<int> second
) {
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) {
        return std::nullopt;
    }
    return hours{*hour} + minutes{*minute} + seconds{*second};
}

/// Reads ".123" at `position` and moves it behind; no fraction is 0.
std::optional<milliseconds> read_fraction(std::string_view text, std::size_t& position) {
    if (position >= text.size() || text[position] != '.') {
        return milliseconds{0};
    }
    ++position;
    int value = 0;
    int width = 0;
    while (position < text.size() && text[position] >= '0' && text[position] <= '9') {
        if (width < 3) {
            value = value * 10 + (text[position] - '0');
        }
        ++width;
        ++position;
    }
    if (width == 0) {
        return std::nullopt;
    }
    for (int missing = width; missing < 3; ++missing) {
        value *= 10;
    }
    return milliseconds{value};
}

/// Reads Z, +07:00 or +0700, which must end the text.
std::optional<minutes> read_offset(std::string_view zone) {
    if (zone == "Z" || zone == "z") {
        return minutes{0};
    }
    const bool has_colon = zone.size() == 6 && zone[3] == ':';
    if ((zone.size() != 5 && !has_colon) || (zone[0] != '+' && zone[0] != '-')) {
        return std::nullopt;
    }
    const auto hour = digits(zone, 1, 2);
    const auto minute = digits(zone, has_colon ? 4 : 3, 2);
    if (!hour || !minute || *hour > 14 || *minute > 59) {
        return std::nullopt;
    }
    const minutes offset = hours{*hour} + minutes{*minute};
    return zone[0] == '-' ? -offset : offset;
}

std::optional<ZonedTime> read_any_iso(std::string_view text) {
    if (text.size() < 20 || text[4] != '-' || text[7] != '-' ||
        (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':') {
        return std::nullopt;
    }
    const auto day = make_day(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
    const auto time =
        make_time_of_day(digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2));
    std::size_t position = 19;
    const auto fraction = read_fraction(text, position);
    const auto offset = read_offset(text.substr(std::min(position, text.size())));
    if (!day || !time || !fraction || !offset) {
        return std::nullopt;
    }
    return ZonedTime{*day + *time + *fraction, *offset};
}

std::optional<ZonedTime> read_iso(std::string_view text) {
    auto time = read_usual_iso(text);
    if (!time) {
        time = read_any_iso(text);
    }
    return time;  // not a copy, which would have to wait for what was just written
}

/// 17/06/2024 with or without a time of day behind, whose seconds may be missing.
std::optional<std::chrono::local_time<milliseconds>> read_slashed(std::string_view text) {
    const bool has_date = text.size() >= 10 && text[2] == '/' && text[5] == '/';
    const auto day = has_date ? make_day(digits(text, 6, 4), digits(text, 3, 2), digits(text, 0, 2))
                              : std::nullopt;
    if (!day) {
        return std::nullopt;
    }
    const std::string_view rest = text.substr(10);
    if (rest.empty()) {
        return *day;
    }
    const bool has_seconds = rest.size() == 9 && rest[6] == ':';
    const bool has_time = (rest.size() == 6 || has_seconds) && rest[0] == ' ' && rest[3] == ':';
    const auto time =
        has_time ? make_time_of_day(
                       digits(rest, 1, 2), digits(rest, 4, 2), has_seconds ? digits(rest, 7, 2) : 0
                   )
                 : std::nullopt;
    return time ? std::optional<std::chrono::local_time<milliseconds>>(*day + *time) : std::nullopt;
}

/// 20240617081503
std::optional<std::chrono::local_time<milliseconds>> read_compact(std::string_view text) {
    const auto day = make_day(digits(text, 0, 4), digits(text, 4, 2), digits(text, 6, 2));
    const auto time =
        make_time_of_day(digits(text, 8, 2), digits(text, 10, 2), digits(text, 12, 2));
    const bool is_whole = text.size() == 14 && day && time;
    return is_whole ? std::optional<std::chrono::local_time<milliseconds>>(*day + *time)
                    : std::nullopt;
}

/// 2024-06-17 with or without a time of day behind.
std::optional<std::chrono::local_time<milliseconds>> read_local(std::string_view text) {
    const auto day = parse_day(text.substr(0, 10));
    if (!day) {
        return std::nullopt;
    }
    if (text.size() == 10) {
        return *day;
    }
    const bool has_time =
        text.size() == 19 && text[10] == 'T' && text[13] == ':' && text[16] == ':';
    const auto time =
        has_time ? make_time_of_day(digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2))
                 : std::nullopt;
    return time ? std::optional<std::chrono::local_time<milliseconds>>(*day + *time) : std::nullopt;
}

/// As an error shows what is expected.
std::string_view sample(TimeFormat format) {
    switch (format) {
        case TimeFormat::Iso:
            return "2024-06-17T08:15:03+07:00";
        case TimeFormat::LocalIso:
            return "2024-06-17T08:15:03.000Z";
        case TimeFormat::Compact:
            return "20240617081503";
        case TimeFormat::Local:
            return "2024-06-17T08:15:03";
        case TimeFormat::Slashed:
            return "17/06/2024 08:15:03";
    }
    return {};
}

Instant to_instant(std::chrono::local_time<milliseconds> local, minutes offset) {
    return Instant{local.time_since_epoch() - offset};
}

std::optional<Instant> in_vietnam(const std::optional<std::chrono::local_time<milliseconds>>& local
) {
    return local ? std::optional(to_instant(*local, vietnam_offset)) : std::nullopt;
}

std::chrono::local_time<milliseconds> to_local(Instant instant) {
    return std::chrono::local_time<milliseconds>{instant.time_since_epoch() + vietnam_offset};
}

std::string date_time_text(std::chrono::local_time<milliseconds> local, std::string_view zone) {
    const auto day = std::chrono::floor<days>(local);
    const std::chrono::hh_mm_ss<milliseconds> time{local - day};
    std::string text = fmt::format(
        "{}T{:02}:{:02}:{:02}",
        to_text(day),
        time.hours().count(),
        time.minutes().count(),
        time.seconds().count()
    );
    if (time.subseconds().count() != 0) {
        text += fmt::format(".{:03}", time.subseconds().count());
    }
    return text.append(zone);
}

}  // namespace

Day day_of(Instant instant) {
    return std::chrono::floor<days>(to_local(instant));
}

Instant first_instant(Day day) {
    return to_instant(day, vietnam_offset);
}

Instant last_instant(Day day) {
    return first_instant(day + days{1}) - milliseconds{1};
}

std::string to_text(Instant instant) {
    return date_time_text(to_local(instant), "+07:00");
}

std::string to_utc_text(Instant instant) {
    return date_time_text(std::chrono::local_time<milliseconds>{instant.time_since_epoch()}, "Z");
}

std::string to_text(Day day) {
    const std::chrono::year_month_day date{day};
    return fmt::format(
        "{:04}-{:02}-{:02}",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
}

Result<Instant> parse_instant(std::string_view text) {
    return parse_time(text, TimeFormat::Iso);
}

Result<Day> parse_day(std::string_view text) {
    if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
        if (const auto day = make_day(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2))) {
            return *day;
        }
    }
    return fail(ErrorKind::Data, fmt::format("'{}' is not a day such as 2024-12-31", text));
}

std::optional<Instant> find_time(std::string_view text, TimeFormat format) {
    switch (format) {
        case TimeFormat::Iso: {
            const auto time = read_iso(text);
            return time ? std::optional(to_instant(time->local, time->offset)) : std::nullopt;
        }
        case TimeFormat::LocalIso: {
            const auto time = read_iso(text);
            return time ? std::optional(to_instant(time->local, vietnam_offset)) : std::nullopt;
        }
        case TimeFormat::Compact:
            return in_vietnam(read_compact(text));
        case TimeFormat::Local:
            return in_vietnam(read_local(text));
        case TimeFormat::Slashed:
            return in_vietnam(read_slashed(text));
    }
    check(false, "find_time: a known TimeFormat");
    return std::nullopt;
}

Result<Instant> parse_time(std::string_view text, TimeFormat format) {
    if (const auto time = find_time(text, format)) {
        return *time;
    }
    return fail(
        ErrorKind::Data, fmt::format("'{}' is not a time such as {}", text, sample(format))
    );
}

std::string format_time(Instant instant, TimeFormat format) {
    const auto local = to_local(instant);
    const auto day = std::chrono::floor<days>(local);
    const std::chrono::hh_mm_ss<milliseconds> time{local - day};
    const std::chrono::year_month_day date{day};
    if (format == TimeFormat::Local) {
        return to_text(day);
    }
    if (format == TimeFormat::Slashed) {
        return fmt::format(
            "{:02}/{:02}/{:04}",
            static_cast<unsigned>(date.day()),
            static_cast<unsigned>(date.month()),
            static_cast<int>(date.year())
        );
    }
    if (format == TimeFormat::Compact) {
        return fmt::format(
            "{:04}{:02}{:02}{:02}{:02}{:02}",
            static_cast<int>(date.year()),
            static_cast<unsigned>(date.month()),
            static_cast<unsigned>(date.day()),
            time.hours().count(),
            time.minutes().count(),
            time.seconds().count()
        );
    }
    return fmt::format(
        "{}T{:02}:{:02}:{:02}.{:03}{}",
        to_text(day),
        time.hours().count(),
        time.minutes().count(),
        time.seconds().count(),
        time.subseconds().count(),
        format == TimeFormat::Iso ? "+0700" : "Z"
    );
}

IsoWeek week_of(Day day) {
    // ISO 8601: a week belongs to the year that holds its Thursday.
    const std::chrono::weekday weekday{day};
    const Day thursday = day - days{weekday.iso_encoding()} + days{4};
    const std::chrono::year year = std::chrono::year_month_day{thursday}.year();
    const Day first{year / std::chrono::January / 1};
    return {static_cast<int>(year), static_cast<int>((thursday - first).count() / 7) + 1};
}

Day monday_of(IsoWeek week) {
    const Day fourth{std::chrono::year{week.year} / std::chrono::January / 4};
    const Day first_monday = fourth - days{std::chrono::weekday{fourth}.iso_encoding() - 1};
    return first_monday + std::chrono::weeks{week.week - 1};
}

Day sunday_of(IsoWeek week) {
    return monday_of(week) + days{6};
}

std::string to_text(IsoWeek week) {
    return fmt::format("{:04}-W{:02}", week.year, week.week);
}

Result<IsoWeek> parse_week(std::string_view text) {
    const auto year = digits(text, 0, 4);
    const auto number = digits(text, 6, 2);
    if (text.size() == 8 && text.substr(4, 2) == "-W" && year && number) {
        const IsoWeek week{*year, *number};
        if (*number >= 1 && week_of(monday_of(week)) == week) {
            return week;
        }
    }
    return fail(ErrorKind::Data, fmt::format("'{}' is not a week such as 2024-W42", text));
}

}  // namespace thidua
