// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Whether the weeks that are left suffice at the pace of the last four. Pure, and in whole numbers;
// nothing here is asked by an award.
#pragma once

#include "core/campaign.hpp"
#include "rules/breakdown.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace thidua::rules {

/// So many complete weeks are looked back on.
inline constexpr std::size_t pace_weeks = 4;
/// With fewer complete weeks nothing is said: four of them would be most of what there is.
inline constexpr std::size_t pace_weeks_min = 6;
/// Below these denominators nothing is said: a case more or less would turn the verdict.
inline constexpr std::int64_t pace_dossiers_min = 30;
inline constexpr std::int64_t pace_services_min = 5;

/// Whole weeks after `day` until the campaign's `end`; a part of a week does not count, so that
/// less is expected of it rather than more.
[[nodiscard]] std::int64_t weeks_left(Day day, Day end);

/// Cases to be expected in `left` weeks: those of the last four complete weeks, a quarter of them
/// for each week, rounded down. Nothing with fewer than four.
[[nodiscard]] std::optional<std::int64_t> expected_volume(
    std::span<const Ratio> weeks, std::int64_t left
);

enum class PaceVerdict {
    Sufficient,  ///< đang đủ nhịp
    TooSlow,     ///< phải tăng
    OutOfReach,  ///< không thể đạt với khối lượng dự kiến
};

/// "sufficient", "too-slow", "out-of-reach"
[[nodiscard]] std::string_view to_text(PaceVerdict verdict);

struct Pace {
    std::int64_t weeks_left = 0;
    /// Cases expected until then; for services-online, where none are, the procedures still missed.
    std::int64_t volume = 0;
    std::int64_t needed = 0;           ///< so many of `volume` must be online
    std::int64_t needed_per_week = 0;  ///< rounded up
    std::int64_t done = 0;             ///< in the last four complete weeks
    PaceVerdict verdict = PaceVerdict::Sufficient;

    friend bool operator==(const Pace&, const Pace&) = default;
};

/// Needed per week over done per week, exact; nothing if nothing was done.
[[nodiscard]] std::optional<Ratio> increase(const Pace& pace);

/// A figure with its weeks.
struct PaceInput {
    IndicatorKind kind = IndicatorKind::DossiersOnline;
    Ratio counts;
    Ratio before;                  ///< Breakdown::before
    std::span<const Ratio> weeks;  ///< Breakdown::weeks
    std::int64_t weeks_left = 0;
};

/// Nothing with fewer weeks, or a lower denominator, than above, or without a whole week left.
[[nodiscard]] std::optional<Pace> find_pace(const PaceInput& input, const Target& target);

/// What comes if the weeks that are left are like the last four.
struct Forecast {
    Ratio at_end;  ///< a share: its two counts are quarters of cases
    /// How far the same forecast would have been from the last complete week, made after each
    /// earlier one with four behind it: the mean distance in hundredths of a percentage point,
    /// rounded up. By what is known now: payments that came late are in their dossiers' weeks.
    std::int64_t error = 0;
    int tries = 0;  ///< so many of them

    friend bool operator==(const Forecast&, const Forecast&) = default;
};

/// Nothing where find_pace() says nothing, for services-online, or where it could not be tried.
[[nodiscard]] std::optional<Forecast> forecast(const PaceInput& input);

}  // namespace thidua::rules
