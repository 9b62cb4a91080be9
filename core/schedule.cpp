// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace thidua {
namespace {

constexpr std::array<std::string_view, 12> month_names{
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> weekday_names{
    "sun", "mon", "tue", "wed", "thu", "fri", "sat"};

/// What a field may hold.
struct Field {
    std::string_view name;
    int first = 0;
    int last = 0;
    std::span<const std::string_view> names{};  ///< of `first`, and so on
};

constexpr std::array<Field, 5> fields{{
    {"minute", 0, 59},
    {"hour", 0, 23},
    {"day of the month", 1, 31},
    {"month", 1, 12, month_names},
    {"day of the week", 0, 7, weekday_names},  // 7 is Sunday too
}};

std::unexpected<Error> refuse_field(const Field& field, std::string_view text) {
    const std::string names =
        field.names.empty() ? "" : fmt::format(" or {} to {}", field.names[0], field.names.back());
    return fail(
        ErrorKind::Data,
        fmt::format(
            "{} '{}': numbers from {} to {}{}, as in 5, 1-5, */2 or 1,15",
            field.name,
            text,
            field.first,
            field.last,
            names
        )
    );
}

std::optional<int> number_of(const Field& field, std::string_view text) {
    for (std::size_t at = 0; at < field.names.size(); ++at) {
        if (std::ranges::equal(text, field.names[at], [](char left, char right) {
                return (left >= 'A' && left <= 'Z' ? left - 'A' + 'a' : left) == right;
            })) {
            return field.first + static_cast<int>(at);
        }
    }
    int number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number =
        error == std::errc() && stop == text.data() + text.size() && !text.starts_with('-');
    return is_number && number >= field.first && number <= field.last ? std::optional(number)
                                                                      : std::nullopt;
}

/// "*", "*/2", "5", "1-5", "8-18/2"; adds what it names to `bits`.
template <std::size_t Size>
bool add_range(const Field& field, std::string_view text, std::bitset<Size>& bits) {
    const std::size_t slash = text.find('/');
    const std::string_view range = text.substr(0, slash);
    int step = 1;
    if (slash != std::string_view::npos) {
        const Field steps{field.name, 1, field.last};
        const auto number = number_of(steps, text.substr(slash + 1));
        if (!number) {
            return false;
        }
        step = *number;
    }
    std::optional<int> from = field.first;
    std::optional<int> to = field.last;
    if (range != "*") {
        const std::size_t dash = range.find('-');
        from = number_of(field, range.substr(0, dash));
        to = dash == std::string_view::npos ? from : number_of(field, range.substr(dash + 1));
        // A step alone goes to the end, as in 5/15.
        to = dash == std::string_view::npos && step > 1 ? field.last : to;
    }
    if (!from || !to || *from > *to) {
        return false;
    }
    for (int number = *from; number <= *to; number += step) {
        bits.set(static_cast<std::size_t>(number) % Size);
    }
    return true;
}

template <std::size_t Size>
Result<void> read_field(const Field& field, std::string_view text, std::bitset<Size>& bits) {
    std::string_view rest = text;
    while (true) {
        const std::size_t comma = rest.find(',');
        if (!add_range(field, rest.substr(0, comma), bits)) {
            return refuse_field(field, text);
        }
        if (comma == std::string_view::npos) {
            return {};
        }
        rest.remove_prefix(comma + 1);
    }
}

/// The words of `text`, six at most: more than five is a mistake already.
std::vector<std::string_view> words_of(std::string_view text) {
    constexpr std::string_view blanks = " \t";
    std::vector<std::string_view> words;
    while (words.size() <= fields.size()) {
        const std::size_t begin = text.find_first_not_of(blanks);
        if (begin == std::string_view::npos) {
            break;
        }
        text.remove_prefix(begin);
        words.push_back(text.substr(0, text.find_first_of(blanks)));
        text.remove_prefix(words.back().size());
    }
    return words;
}

/// Whether there is a day on which it fires, in a leap year if need be.
bool ever_fires(const Cron& cron) {
    using namespace std::chrono;
    const sys_days begin = sys_days{year{2024} / 1 / 1};
    // Every day of the year comes on every day of the week within 28 years.
    for (sys_days day = begin; day < begin + years{28}; day += days{1}) {
        if (falls_on(cron, year_month_day{day})) {
            return true;
        }
    }
    return false;
}

}  // namespace

Result<Cron> parse_cron(std::string_view text) {
    const auto words = words_of(text);
    if (words.size() != fields.size()) {
        return fail(
            ErrorKind::Data,
            "five fields: minute, hour, day of the month, month, day of the week, as in 30 7 * * "
            "mon"
        );
    }
    Cron cron;
    auto read = read_field(fields[0], words[0], cron.minutes);
    read = read ? read_field(fields[1], words[1], cron.hours) : read;
    read = read ? read_field(fields[2], words[2], cron.days) : read;
    read = read ? read_field(fields[3], words[3], cron.months) : read;
    read = read ? read_field(fields[4], words[4], cron.weekdays) : read;
    if (!read) {
        return std::unexpected(read.error());
    }
    cron.is_any_of_both = !words[2].starts_with('*') && !words[4].starts_with('*');
    if (!ever_fires(cron)) {
        return fail(ErrorKind::Data, "it never falls due: no such month has such a day");
    }
    return cron;
}

bool falls_on(const Cron& cron, std::chrono::year_month_day day) {
    const std::chrono::weekday weekday{std::chrono::sys_days{day}};
    const bool is_day = cron.days.test(static_cast<unsigned>(day.day()));
    const bool is_weekday = cron.weekdays.test(weekday.c_encoding());
    return cron.months.test(static_cast<unsigned>(day.month())) &&
           (cron.is_any_of_both ? is_day || is_weekday : is_day && is_weekday);
}

}  // namespace thidua
