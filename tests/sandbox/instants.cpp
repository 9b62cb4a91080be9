// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

#include "instants.hpp"

namespace thidua::sandbox {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::hours vietnam_offset{7};

struct Fields {
    std::chrono::year_month_day date{};
    std::chrono::hh_mm_ss<milliseconds> time;
};

Fields fields_of(Instant instant) {
    const auto local = instant.time_since_epoch() + vietnam_offset;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    return {
        .date = std::chrono::year_month_day{Day{day}},
        .time = std::chrono::hh_mm_ss<milliseconds>{local - day}};
}

std::optional<int> read_number(std::string_view text, std::size_t at, std::size_t width) {
    if (text.size() < at + width) {
        return std::nullopt;
    }
    int value = 0;
    for (const char letter : text.substr(at, width)) {
        if (letter < '0' || letter > '9') {
            return std::nullopt;
        }
        value = value * 10 + (letter - '0');
    }
    return value;
}

void append_date(std::string& out, std::chrono::year_month_day date, std::string_view between) {
    append_padded(out, static_cast<int>(date.year()), 4);
    out += between;
    append_padded(out, static_cast<unsigned>(date.month()), 2);
    out += between;
    append_padded(out, static_cast<unsigned>(date.day()), 2);
}

void append_time(
    std::string& out, const std::chrono::hh_mm_ss<milliseconds>& time, std::string_view between
) {
    append_padded(out, time.hours().count(), 2);
    out += between;
    append_padded(out, time.minutes().count(), 2);
    out += between;
    append_padded(out, time.seconds().count(), 2);
}

void append_date_time(std::string& out, Instant instant) {
    const Fields fields = fields_of(instant);
    append_date(out, fields.date, "-");
    out += 'T';
    append_time(out, fields.time, ":");
    out += '.';
    append_padded(out, fields.time.subseconds().count(), 3);
}

/// What has to be taken from the clock reading to get UTC.
std::optional<milliseconds> parse_offset(std::string_view text, Zulu zulu) {
    if (text.empty()) {
        return vietnam_offset;
    }
    if (text == "Z") {
        return zulu == Zulu::Utc ? milliseconds{0} : milliseconds{vietnam_offset};
    }
    const bool colon = text.size() == 6 && text[3] == ':';
    const auto hours = read_number(text, 1, 2);
    const auto minutes = read_number(text, colon ? 4 : 3, 2);
    if (!hours || !minutes || (!colon && text.size() != 5)) {
        return std::nullopt;
    }
    const milliseconds offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
    switch (text.front()) {
        case '+':
        case ' ':
            return offset;
        case '-':
            return -offset;
        default:
            return std::nullopt;
    }
}

/// The time of day at the front of `text` ("HH:mm:ss[.SSS]..."), and where it ends.
struct TimeOfDay {
    milliseconds value{};
    std::size_t end = 0;
};

std::optional<TimeOfDay> parse_time(std::string_view text) {
    const auto hours = read_number(text, 0, 2);
    const auto minutes = read_number(text, 3, 2);
    const auto seconds = read_number(text, 6, 2);
    if (!hours || !minutes || !seconds || text[2] != ':' || text[5] != ':') {
        return std::nullopt;
    }
    if (*hours > 23 || *minutes > 59 || *seconds > 59) {
        return std::nullopt;
    }
    const milliseconds whole = std::chrono::hours{*hours} + std::chrono::minutes{*minutes} +
                               std::chrono::seconds{*seconds};
    if (text.size() == 8 || text[8] != '.') {
        return TimeOfDay{.value = whole, .end = 8};
    }
    const auto fraction = read_number(text, 9, 3);
    if (!fraction) {
        return std::nullopt;
    }
    return TimeOfDay{.value = whole + milliseconds{*fraction}, .end = 12};
}

}  // namespace

Instant instant_of(Day day, milliseconds since_midnight) {
    return Instant{day.time_since_epoch() + since_midnight - vietnam_offset};
}

Day day_of(Instant instant) {
    return Day{std::chrono::floor<std::chrono::days>(instant.time_since_epoch() + vietnam_offset)};
}

Instant end_of(Day day) {
    return instant_of(day + std::chrono::days{1}, milliseconds{-1});
}

std::optional<Day> parse_day(std::string_view text) {
    const auto year = read_number(text, 0, 4);
    const auto month = read_number(text, 5, 2);
    const auto day = read_number(text, 8, 2);
    if (text.size() != 10 || !year || !month || !day || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{
        std::chrono::year{*year},
        std::chrono::month{static_cast<unsigned>(*month)},
        std::chrono::day{static_cast<unsigned>(*day)}};
    return date.ok() ? std::optional{Day{date}} : std::nullopt;
}

std::optional<Instant> parse_instant(std::string_view text, Zulu zulu) {
    if (text.size() < 19 || text[10] != 'T') {
        return std::nullopt;
    }
    const auto day = parse_day(text.substr(0, 10));
    const auto time = parse_time(text.substr(11));
    if (!day || !time) {
        return std::nullopt;
    }
    const auto offset = parse_offset(text.substr(11 + time->end), zulu);
    if (!offset) {
        return std::nullopt;
    }
    return Instant{day->time_since_epoch() + time->value - *offset};
}

void append_padded(std::string& out, std::int64_t value, std::size_t width) {
    const std::string digits = std::to_string(value);
    if (digits.size() < width) {
        out.append(width - digits.size(), '0');
    }
    out += digits;
}

void append_igate(std::string& out, Instant instant) {
    append_date_time(out, instant);
    out += "+0700";
}

void append_short_day(std::string& out, Day day) {
    const std::chrono::year_month_day date{day};
    append_padded(out, static_cast<int>(date.year()) % 100, 2);
    append_padded(out, static_cast<unsigned>(date.month()), 2);
    append_padded(out, static_cast<unsigned>(date.day()), 2);
}

std::string to_text(Day day) {
    std::string out;
    append_date(out, std::chrono::year_month_day{day}, "-");
    return out;
}

std::string to_text(Instant instant) {
    std::string out;
    append_date_time(out, instant);
    out += "+07:00";
    return out;
}

std::string to_compact(Instant instant) {
    const Fields fields = fields_of(instant);
    std::string out;
    append_date(out, fields.date, "");
    append_time(out, fields.time, "");
    return out;
}

}  // namespace thidua::sandbox
