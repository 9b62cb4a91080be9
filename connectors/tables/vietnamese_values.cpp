// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/vietnamese_values.hpp"

#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace thidua::connectors {
namespace {

constexpr int scale_max = 18;

std::unexpected<Error> refused(std::string message) {
    return fail(ErrorKind::Data, std::move(message));
}

constexpr bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

bool are_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

/// The digits of `text` without the marks between its groups; nothing if a group is not of three
/// digits, the marks differ, or there are none to be.
std::optional<std::string> ungrouped(std::string_view text, NumberLocale locale) {
    if (are_digits(text)) {
        return std::string(text);
    }
    const std::string_view marks = locale == NumberLocale::Vi   ? ". "
                                   : locale == NumberLocale::En ? ","
                                                                : "";
    const std::size_t first = text.find_first_not_of("0123456789");
    if (first == std::string_view::npos || first == 0 || first > 3 ||
        !marks.contains(text[first])) {
        return std::nullopt;
    }
    const char mark = text[first];
    std::string digits(text.substr(0, first));
    for (text.remove_prefix(first); !text.empty(); text.remove_prefix(4)) {
        if (text.front() != mark || text.size() < 4 || !are_digits(text.substr(1, 3))) {
            return std::nullopt;
        }
        digits += text.substr(1, 3);
    }
    return digits;
}

/// `text` without one of `endings`, and without spaces before it.
std::string_view without_ending(std::string_view text, std::span<const std::string_view> endings) {
    for (const std::string_view ending : endings) {
        if (text.ends_with(ending)) {
            return trim(text.substr(0, text.size() - ending.size()));
        }
    }
    return text;
}

std::optional<int> number_of(
    std::string_view digits, std::size_t width_min, std::size_t width_max
) {
    if (digits.size() < width_min || digits.size() > width_max || !are_digits(digits)) {
        return std::nullopt;
    }
    int number = 0;
    const char* first = digits.data();
    std::from_chars(first, first + digits.size(), number);
    return number;
}

struct Parts {
    std::array<std::string_view, 3> text;
    std::size_t count = 0;
};

/// `text` at each `mark`; no parts at all if there are more than three.
Parts split(std::string_view text, char mark) {
    Parts parts;
    for (;;) {
        if (parts.count == parts.text.size()) {
            return {};
        }
        const std::size_t length = std::min(text.find(mark), text.size());
        parts.text[parts.count++] = text.substr(0, length);
        if (length == text.size()) {
            return parts;
        }
        text.remove_prefix(length + 1);
    }
}

std::optional<Day> day_of_parts(
    std::optional<int> year, std::optional<int> month, std::optional<int> day
) {
    constexpr int year_min = 1900;
    if (!year || !month || !day || *year < year_min) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{
        std::chrono::year{*year},
        std::chrono::month{static_cast<unsigned>(*month)},
        std::chrono::day{static_cast<unsigned>(*day)}};
    return date.ok() ? std::optional(Day{date}) : std::nullopt;
}

std::optional<Day> parse_date(std::string_view text) {
    const Parts dashed = split(text, '-');
    if (dashed.count == 3 && dashed.text[0].size() == 4) {
        return day_of_parts(
            number_of(dashed.text[0], 4, 4),
            number_of(dashed.text[1], 2, 2),
            number_of(dashed.text[2], 2, 2)
        );
    }
    const Parts parts = dashed.count == 3 ? dashed : split(text, '/');
    if (parts.count != 3) {
        return std::nullopt;
    }
    return day_of_parts(
        number_of(parts.text[2], 4, 4),
        number_of(parts.text[1], 1, 2),
        number_of(parts.text[0], 1, 2)
    );
}

std::optional<std::chrono::seconds> parse_time_of_day(std::string_view text) {
    const Parts parts = split(text, ':');
    if (parts.count < 2) {
        return std::nullopt;
    }
    const auto hour = number_of(parts.text[0], 1, 2);
    const auto minute = number_of(parts.text[1], 2, 2);
    const auto second = parts.count == 3 ? number_of(parts.text[2], 2, 2) : 0;
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) {
        return std::nullopt;
    }
    return std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
           std::chrono::seconds{*second};
}

}  // namespace

Result<Decimal> parse_decimal(std::string_view text, NumberLocale locale) {
    std::string room;
    text = to_nfc(text, room);
    const bool is_negative = text.starts_with('-');
    text.remove_prefix(is_negative ? 1 : 0);
    const char point = locale == NumberLocale::Vi ? ',' : '.';
    const std::size_t whole_length = std::min(text.find(point), text.size());
    auto digits = ungrouped(text.substr(0, whole_length), locale);
    if (!digits) {
        return refused("not a number in the locale of this table");
    }
    int scale = 0;
    if (whole_length < text.size()) {
        std::string_view fraction = text.substr(whole_length + 1);
        if (!are_digits(fraction)) {
            return refused("not a number in the locale of this table");
        }
        while (fraction.ends_with('0')) {
            fraction.remove_suffix(1);
        }
        if (fraction.size() > scale_max) {
            return refused("a number with more than 18 decimals");
        }
        scale = static_cast<int>(fraction.size());
        *digits += fraction;
    }
    digits->insert(0, is_negative ? "-" : "");
    Decimal decimal{.scale = scale};
    const char* last = digits->data() + digits->size();
    if (std::from_chars(digits->data(), last, decimal.units).ec != std::errc{}) {
        return refused("a number that is too large");
    }
    return decimal;
}

Result<std::int64_t> parse_count(std::string_view text, NumberLocale locale) {
    const auto decimal = parse_decimal(text, locale);
    if (!decimal) {
        return std::unexpected(decimal.error());
    }
    if (decimal->scale != 0) {
        return refused("not a whole number");
    }
    return decimal->units;
}

Result<std::int64_t> parse_dong(std::string_view text, NumberLocale locale) {
    constexpr std::string_view endings[] = {
        "đồng", "Đồng", "ĐỒNG", "VNĐ", "VND", "vnđ", "vnd", "đ", "Đ"};
    std::string room;
    return parse_count(without_ending(to_nfc(text, room), endings), locale);
}

Result<Ratio> parse_percent(std::string_view text, NumberLocale locale) {
    std::string room;
    text = to_nfc(text, room);
    if (!text.ends_with('%')) {
        return refused("no per cent sign");
    }
    const auto decimal = parse_decimal(trim(text.substr(0, text.size() - 1)), locale);
    if (!decimal) {
        return std::unexpected(decimal.error());
    }
    if (decimal->scale > scale_max - 2) {
        return refused("a number with more than 16 decimals");
    }
    Ratio share{.numerator = decimal->units, .denominator = 100};
    for (int digit = 0; digit < decimal->scale; ++digit) {
        share.denominator *= 10;
    }
    return share;
}

std::string percent_text(const Ratio& share) {
    // In unsigned numbers, since the smallest number has no positive counterpart.
    const auto size = share.numerator < 0 ? 0 - static_cast<std::uint64_t>(share.numerator)
                                          : static_cast<std::uint64_t>(share.numerator);
    std::string digits = fmt::format("{}", size);
    std::size_t scale = 0;
    for (std::int64_t power = share.denominator; power > 100; power /= 10) {
        ++scale;
    }
    if (share.denominator < 100 && size != 0) {
        digits += share.denominator == 10 ? "0" : "00";
    }
    if (digits.size() <= scale) {
        digits.insert(0, scale + 1 - digits.size(), '0');
    }
    if (scale > 0) {
        digits.insert(digits.size() - scale, ".");
    }
    return fmt::format("{}{}%", share.numerator < 0 ? "-" : "", digits);
}

Result<LocalTime> parse_local_time(std::string_view text) {
    std::string room;
    text = to_nfc(text, room);
    const std::size_t length = std::min(text.find_first_of(" T"), text.size());
    const auto day = parse_date(text.substr(0, length));
    if (!day) {
        return refused("not a day of the calendar, as dd/MM/yyyy");
    }
    if (length == text.size()) {
        return LocalTime{.day = *day};
    }
    const bool is_iso = length > 4 && text[4] == '-';
    const auto time = parse_time_of_day(trim(text.substr(length + 1)));
    if (!time || (text[length] == 'T' && !is_iso)) {
        return refused("not a time of day behind the day, as HH:mm:ss");
    }
    return LocalTime{.day = *day, .time_of_day = time};
}

std::string iso_text(const LocalTime& time) {
    if (!time.time_of_day) {
        return to_text(time.day);
    }
    const std::chrono::hh_mm_ss clock{*time.time_of_day};
    return fmt::format(
        "{}T{:02}:{:02}:{:02}",
        to_text(time.day),
        clock.hours().count(),
        clock.minutes().count(),
        clock.seconds().count()
    );
}

}  // namespace thidua::connectors
