// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/time.hpp"

#include <fmt/format.h>

#include <array>
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

struct ZonedTime {
    std::chrono::local_time<milliseconds> local;
    minutes offset{0};
};

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

/// Reads what nearly every text is, 2024-06-17T08:15:03.000+0700 (or +07:00, Z, no fraction), at a
/// fraction of the cost of read_any_iso. Nothing for all others, right or wrong, which it reads.
std::optional<ZonedTime> read_usual_iso(std::string_view text) {
    if (text.size() < 20) {
        return std::nullopt;
    }
    const char* at = text.data();
    unsigned wrong = 0;
    const auto digit = [&](std::size_t place) {
        const unsigned value = static_cast<unsigned char>(at[place]) - unsigned{'0'};
        wrong |= value > 9 ? 1U : 0U;
        return value;
    };
    const auto two = [&](std::size_t place) { return 10 * digit(place) + digit(place + 1); };
    const unsigned year = 100 * two(0) + two(2);
    const unsigned month = two(5);
    const unsigned day = two(8);
    const unsigned hour = two(11);
    const unsigned minute = two(14);
    const unsigned second = two(17);
    const bool has_fraction = at[19] == '.' && text.size() > 23;
    const unsigned fraction = has_fraction ? 10 * two(20) + digit(22) : 0;
    const std::string_view zone(at + (has_fraction ? 23 : 19), at + text.size());
    const bool is_vietnam = zone == "+0700" || zone == "+07:00";
    const bool has_marks =
        at[4] == '-' && at[7] == '-' && at[10] == 'T' && at[13] == ':' && at[16] == ':';
    // The days from the 29th on are few, and need a calendar.
    const bool is_usual_time = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 28 &&
                               hour <= 23 && minute <= 59 && second <= 59;
    if (wrong != 0 || !has_marks || !is_usual_time || (!is_vietnam && zone != "Z")) {
        return std::nullopt;
    }
    const Day date{
        std::chrono::year{static_cast<int>(year)} / std::chrono::month{month} /
        std::chrono::day{day}};
    const milliseconds time =
        hours{hour} + minutes{minute} + seconds{second} + milliseconds{fraction};
    return ZonedTime{date + time, is_vietnam ? minutes{vietnam_offset} : minutes{0}};
}

std::optional<ZonedTime> read_iso(std::string_view text) {
    const auto usual = read_usual_iso(text);
    return usual ? usual : read_any_iso(text);
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

Instant to_instant(std::chrono::local_time<milliseconds> local, minutes offset) {
    return Instant{local.time_since_epoch() - offset};
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

Result<Instant> parse_time(std::string_view text, TimeFormat format) {
    switch (format) {
        case TimeFormat::Iso:
            if (const auto time = read_iso(text)) {
                return to_instant(time->local, time->offset);
            }
            return fail(
                ErrorKind::Data,
                fmt::format("'{}' is not a time such as 2024-06-17T08:15:03+07:00", text)
            );
        case TimeFormat::LocalIso:
            if (const auto time = read_iso(text)) {
                return to_instant(time->local, vietnam_offset);
            }
            return fail(
                ErrorKind::Data,
                fmt::format("'{}' is not a time such as 2024-06-17T08:15:03.000Z", text)
            );
        case TimeFormat::Compact: {
            const auto day = make_day(digits(text, 0, 4), digits(text, 4, 2), digits(text, 6, 2));
            const auto time =
                make_time_of_day(digits(text, 8, 2), digits(text, 10, 2), digits(text, 12, 2));
            if (text.size() == 14 && day && time) {
                return to_instant(*day + *time, vietnam_offset);
            }
            return fail(
                ErrorKind::Data, fmt::format("'{}' is not a time such as 20240617081503", text)
            );
        }
        case TimeFormat::Local: {
            const auto day = parse_day(text.substr(0, 10));
            if (day && text.size() == 10) {
                return first_instant(*day);
            }
            const bool has_time =
                text.size() == 19 && text[10] == 'T' && text[13] == ':' && text[16] == ':';
            const auto time =
                has_time ? make_time_of_day(
                               digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2)
                           )
                         : std::nullopt;
            if (day && time) {
                return to_instant(*day + *time, vietnam_offset);
            }
            return fail(
                ErrorKind::Data, fmt::format("'{}' is not a time such as 2024-06-17T08:15:03", text)
            );
        }
        case TimeFormat::Slashed:
            if (const auto local = read_slashed(text)) {
                return to_instant(*local, vietnam_offset);
            }
            return fail(
                ErrorKind::Data, fmt::format("'{}' is not a time such as 17/06/2024 08:15:03", text)
            );
    }
    check(false, "parse_time: a known TimeFormat");
    return Instant{};
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
