// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Numbers and dates as people in Viet Nam type them into tables. Exact or refused: nothing is
// rounded, and nothing that could mean two things is read without being told which.
#pragma once

#include "core/ratio.hpp"
#include "core/table_file.hpp"
#include "core/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::connectors {

/// `units` / 10 to the power of `scale`, without zeros at the end: 45,30 is 453 and 1.
struct Decimal {
    std::int64_t units = 0;
    int scale = 0;  ///< 0 to 18

    friend bool operator==(const Decimal&, const Decimal&) = default;
};

/// Errors: Data, without the text, unless all of it is a number in that locale, its groups have
/// three digits each and one mark, and 64 bits hold it.
[[nodiscard]] Result<Decimal> parse_decimal(std::string_view text, NumberLocale locale);

/// A count. 12,0 is 12; a fraction is an error.
[[nodiscard]] Result<std::int64_t> parse_count(std::string_view text, NumberLocale locale);

/// Whole đồng, with or without đ, đồng, VND or VNĐ behind. A fraction of a đồng is an error.
[[nodiscard]] Result<std::int64_t> parse_dong(std::string_view text, NumberLocale locale);

/// 45,3% as 453 of 1000, not in lowest terms. The sign is needed: a bare 45,3 or 0,453 could mean
/// either.
[[nodiscard]] Result<Ratio> parse_percent(std::string_view text, NumberLocale locale);

/// The share as a text with a sign: 453 of 1000 is 45.3%. The denominator must be a power of ten.
[[nodiscard]] std::string percent_text(const Ratio& share);

/// A local day, and the time on it if one was written.
struct LocalTime {
    Day day{};
    std::optional<std::chrono::seconds> time_of_day{};

    friend bool operator==(const LocalTime&, const LocalTime&) = default;
};

/// Reads dd/MM/yyyy, d/M/yyyy, dd-MM-yyyy and yyyy-MM-dd, each with HH:mm or HH:mm:ss behind it or
/// without (a T between only in the last). Errors: Data, without the text, for anything else, a day
/// that the calendar does not have, 24:00, and years of two digits.
[[nodiscard]] Result<LocalTime> parse_local_time(std::string_view text);

/// 2024-06-17T08:15:03, or 2024-06-17 without a time.
[[nodiscard]] std::string iso_text(const LocalTime& time);

}  // namespace thidua::connectors
