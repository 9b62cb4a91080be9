// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A text as a time of every form, a day, a week and a duration: what is read is written and read
// again as the same.
#include "core/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace {

using thidua::check;
using thidua::TimeFormat;

void read_time(std::string_view text, TimeFormat format) {
    const auto time = thidua::parse_time(text, format);
    if (!time) {
        return;
    }
    const auto again = thidua::parse_time(thidua::format_time(*time, format), format);
    check(again.has_value(), "a written time can be read");
    switch (format) {
        case TimeFormat::Iso:
        case TimeFormat::LocalIso:
            check(*again == *time, "a time comes back as it was");
            break;
        case TimeFormat::Compact:
            check(*again == std::chrono::floor<std::chrono::seconds>(*time), "but its fraction");
            break;
        case TimeFormat::Local:
        case TimeFormat::Slashed:
            check(*again == thidua::first_instant(thidua::day_of(*time)), "its day comes back");
            break;
    }
    check(thidua::parse_instant(thidua::to_text(*time)) == *time, "RFC 3339 in Viet Nam");
    check(thidua::parse_instant(thidua::to_utc_text(*time)) == *time, "RFC 3339 in UTC");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const TimeFormat format :
         {TimeFormat::Iso,
          TimeFormat::LocalIso,
          TimeFormat::Compact,
          TimeFormat::Local,
          TimeFormat::Slashed}) {
        read_time(text, format);
    }
    if (const auto day = thidua::parse_day(text)) {
        check(thidua::to_text(*day) == text, "a day has one form");
        check(thidua::day_of(thidua::first_instant(*day)) == *day, "its first instant is in it");
        check(thidua::day_of(thidua::last_instant(*day)) == *day, "its last instant is in it");
        const thidua::IsoWeek week = thidua::week_of(*day);
        check(
            thidua::monday_of(week) <= *day && *day <= thidua::sunday_of(week),
            "a day's week has it"
        );
    }
    if (const auto week = thidua::parse_week(text)) {
        check(thidua::to_text(*week) == text, "a week has one form");
        check(thidua::week_of(thidua::sunday_of(*week)) == *week, "a week's Sunday is in it");
    }
    if (const auto duration = thidua::parse_duration(text)) {
        check(duration->count() >= 0, "no duration is below 0");
    }
    return 0;
}
