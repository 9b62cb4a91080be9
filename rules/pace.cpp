// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/pace.hpp"

#include "core/result.hpp"
#include "rules/gap.hpp"

#include <algorithm>
#include <numeric>

namespace thidua::rules {
namespace {

__extension__ using Wide = __int128;

constexpr auto quarters = static_cast<std::int64_t>(pace_weeks);
constexpr std::int64_t hundredths_per_whole = 10'000;  // hundredths of a percentage point

Ratio sum(std::span<const Ratio> weeks) {
    Ratio all;
    for (const Ratio& week : weeks) {
        all += week;
    }
    return all;
}

Ratio last_four(std::span<const Ratio> weeks) {
    return sum(weeks.last(std::min(weeks.size(), pace_weeks)));
}

bool is_told(const PaceInput& input) {
    const std::int64_t least =
        input.kind == IndicatorKind::ServicesOnline ? pace_services_min : pace_dossiers_min;
    return input.weeks.size() >= pace_weeks_min && input.counts.denominator >= least &&
           input.weeks_left > 0;
}

PaceVerdict judge(const Pace& pace) {
    if (pace.needed > pace.volume) {
        return PaceVerdict::OutOfReach;
    }
    const bool suffices = Wide{pace.done} * pace.weeks_left >= Wide{pace.needed} * quarters;
    return suffices ? PaceVerdict::Sufficient : PaceVerdict::TooSlow;
}

/// `counts` and as much as `weeks` more like the four of `pace`, in quarters of cases.
Ratio carried_on(const Ratio& counts, const Ratio& pace, std::int64_t weeks) {
    return {
        quarters * counts.numerator + weeks * pace.numerator,
        quarters * counts.denominator + weeks * pace.denominator};
}

/// The distance between two shares in hundredths of a percentage point, rounded up.
std::int64_t distance(const Ratio& left, const Ratio& right) {
    const Wide whole = Wide{left.denominator} * right.denominator;
    const Wide difference =
        Wide{left.numerator} * right.denominator - Wide{right.numerator} * left.denominator;
    const Wide exact = (difference < 0 ? -difference : difference) * hundredths_per_whole;
    return static_cast<std::int64_t>((exact + whole - 1) / whole);
}

}  // namespace

std::string_view to_text(PaceVerdict verdict) {
    switch (verdict) {
        case PaceVerdict::Sufficient:
            return "sufficient";
        case PaceVerdict::TooSlow:
            return "too-slow";
        case PaceVerdict::OutOfReach:
            return "out-of-reach";
    }
    check(false, "to_text: a known PaceVerdict");
    return "";
}

std::int64_t weeks_left(Day day, Day end) {
    return std::max<std::int64_t>(0, (end - day) / std::chrono::weeks{1});
}

std::optional<std::int64_t> expected_volume(std::span<const Ratio> weeks, std::int64_t left) {
    if (weeks.size() < pace_weeks) {
        return std::nullopt;
    }
    return last_four(weeks).denominator * left / quarters;
}

std::optional<Ratio> increase(const Pace& pace) {
    if (pace.done == 0) {
        return std::nullopt;
    }
    return Ratio{pace.needed * quarters, pace.done * pace.weeks_left};
}

std::optional<Pace> find_pace(const PaceInput& input, const Target& target) {
    if (!is_told(input)) {
        return std::nullopt;
    }
    Pace pace;
    pace.weeks_left = input.weeks_left;
    pace.done = last_four(input.weeks).numerator;
    if (input.kind == IndicatorKind::ServicesOnline) {
        pace.volume = input.counts.denominator - input.counts.numerator;
        pace.needed = *convert_needed(input.counts, target);
    } else {
        pace.volume = *expected_volume(input.weeks, input.weeks_left);
        const auto need = needed_of_expected(input.counts, target, pace.volume);
        pace.needed = need ? need->least : *convert_needed(input.counts, target);
    }
    pace.needed_per_week = (pace.needed + pace.weeks_left - 1) / pace.weeks_left;
    pace.verdict = judge(pace);
    return pace;
}

std::optional<Forecast> forecast(const PaceInput& input) {
    if (!is_told(input) || input.kind == IndicatorKind::ServicesOnline) {
        return std::nullopt;
    }
    Forecast made;
    made.at_end = carried_on(input.counts, last_four(input.weeks), input.weeks_left);
    Ratio actual = input.before;
    actual += sum(input.weeks);
    std::int64_t distances = 0;
    for (std::size_t known = pace_weeks; known < input.weeks.size(); ++known) {
        const auto weeks = input.weeks.first(known);
        Ratio then = input.before;
        then += sum(weeks);
        if (then.denominator == 0) {
            continue;
        }
        const auto ahead = static_cast<std::int64_t>(input.weeks.size() - known);
        distances += distance(carried_on(then, last_four(weeks), ahead), actual);
        ++made.tries;
    }
    if (made.tries == 0) {
        return std::nullopt;
    }
    made.error = (distances + made.tries - 1) / made.tries;
    return made;
}

}  // namespace thidua::rules
