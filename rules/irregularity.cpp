// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/irregularity.hpp"

#include "core/result.hpp"
#include "rules/breakdown.hpp"
#include "rules/places.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace thidua::rules {
namespace {

// Counts of dossiers are far below 2^57, so products of two counts and a hundred fit.
__extension__ using Wide = __int128;

using Found = std::optional<std::vector<Irregularity>>;

/// What lies in the middle of one count of some weeks; of 2 where that is between two of them.
Ratio median(std::span<const Ratio> weeks, std::int64_t Ratio::*count) {
    std::vector<std::int64_t> counts;
    std::ranges::transform(weeks, std::back_inserter(counts), count);
    std::ranges::sort(counts);
    const std::size_t middle = counts.size() / 2;
    if (counts.size() % 2 == 1) {
        return {counts[middle], 1};
    }
    const std::int64_t both = counts[middle - 1] + counts[middle];
    return both % 2 == 0 ? Ratio{both / 2, 1} : Ratio{both, 2};
}

std::int64_t numerators(std::span<const Ratio> weeks) {
    std::int64_t sum = 0;
    for (const Ratio& week : weeks) {
        sum += week.numerator;
    }
    return sum;
}

/// More than `times` what so many usual weeks have, and that by enough cases.
bool stands_out(std::int64_t cases, const Ratio& usual, std::int64_t weeks, std::int64_t times) {
    const Wide found = Wide{cases} * usual.denominator;
    const Wide expected = Wide{usual.numerator} * weeks;
    return found > times * expected && found - expected >= Wide{cases_more_min} * usual.denominator;
}

/// More than share_points above.
bool is_far_above(const Ratio& share, const Ratio& other) {
    constexpr std::int64_t points_per_whole = 100;
    const Wide higher =
        Wide{share.numerator} * other.denominator - Wide{other.numerator} * share.denominator;
    return points_per_whole * higher > Wide{share_points} * share.denominator * other.denominator;
}

/// The weeks from the first with any case on.
WeeklyCounts begun(const WeeklyCounts& counts) {
    const auto first =
        std::ranges::find_if(counts.weeks, [](const Ratio& week) { return week.denominator > 0; });
    const auto empty = static_cast<std::size_t>(first - counts.weeks.begin());
    return {counts.first + std::chrono::weeks{empty}, counts.weeks.subspan(empty)};
}

Irregularity stretch(const WeeklyCounts& counts, std::size_t at, std::size_t count) {
    Irregularity one;
    one.from = counts.first + std::chrono::weeks{at};
    one.to = one.from + std::chrono::weeks{count} - std::chrono::days{1};
    one.weeks_before = at;
    return one;
}

Found find_volumes(const WeeklyCounts& counts) {
    if (counts.weeks.size() <= usual_weeks_min) {
        return std::nullopt;
    }
    std::vector<Irregularity> found;
    for (std::size_t at = usual_weeks_min; at < counts.weeks.size(); ++at) {
        const std::int64_t cases = counts.weeks[at].denominator;
        const Ratio usual = median(counts.weeks.first(at), &Ratio::denominator);
        if (stands_out(cases, usual, 1, volume_times)) {
            Irregularity one = stretch(counts, at, 1);
            one.found = {cases, 1};
            one.usual = usual;
            found.push_back(one);
        }
    }
    return found;
}

Found find_shares(const WeeklyCounts& counts) {
    std::vector<std::size_t> large;
    for (std::size_t at = 0; at < counts.weeks.size(); ++at) {
        if (counts.weeks[at].denominator >= share_cases_min) {
            large.push_back(at);
        }
    }
    if (large.size() <= usual_weeks_min) {
        return std::nullopt;
    }
    std::vector<Irregularity> found;
    Ratio highest = counts.weeks[large.front()];
    for (std::size_t before = 1; before < large.size(); ++before) {
        const Ratio& week = counts.weeks[large[before]];
        if (before >= usual_weeks_min && is_far_above(week, highest)) {
            Irregularity one = stretch(counts, large[before], 1);
            one.found = week;
            one.usual = highest;
            one.weeks_before = before;
            found.push_back(one);
        }
        highest = compare(week, highest) > 0 ? week : highest;
    }
    return found;
}

Found find_end(const WeeklyCounts& counts) {
    if (counts.weeks.size() < usual_weeks_min + end_weeks) {
        return std::nullopt;
    }
    const std::size_t at = counts.weeks.size() - end_weeks;
    const std::int64_t hits = numerators(counts.weeks.last(end_weeks));
    const Ratio usual = median(counts.weeks.first(at), &Ratio::numerator);
    std::vector<Irregularity> found;
    if (stands_out(hits, usual, end_weeks, end_times)) {
        Irregularity one = stretch(counts, at, end_weeks);
        one.found = {hits, 1};
        one.usual = usual;
        one.in_all = numerators(counts.weeks);
        found.push_back(one);
    }
    return found;
}

/// Those who can be commended, as the report ranks them.
std::vector<const UnitStanding*> tested_units(const Standings& standings) {
    std::vector<const UnitStanding*> units;
    for (const UnitStanding& unit : standings.units) {
        if (unit.depth == 0 || unit.is_ranked) {
            units.push_back(&unit);
        }
    }
    std::ranges::stable_sort(units, {}, [](const UnitStanding* unit) {
        return std::pair(unit->depth == 0, unit->rank.value_or(std::numeric_limits<int>::max()));
    });
    return units;
}

}  // namespace

std::optional<std::vector<Irregularity>> find_irregularities(
    WeekTest test, const WeeklyCounts& counts
) {
    switch (test) {
        case WeekTest::Volume:
            return find_volumes(begun(counts));
        case WeekTest::Share:
            return find_shares(begun(counts));
        case WeekTest::EndOfPeriod:
            return find_end(begun(counts));
    }
    check(false, "find_irregularities: a known WeekTest");
    return std::nullopt;
}

WeeksTested test_weeks(const StandingsInput& input, const Standings& standings) {
    const CompleteWeeks weeks = complete_weeks(input.campaign.start, input.as_of);
    WeeksTested tested;
    tested.weeks = weeks.count;
    const auto units = tested_units(standings);
    for (const UnitStanding* unit : units) {
        tested.units.push_back({unit->code, unit->name, {}});
    }
    Places places(input);
    for (std::size_t at = 0; at < input.campaign.indicators.size(); ++at) {
        const Indicator& indicator = input.campaign.indicators[at];
        if (indicator.kind == IndicatorKind::ServicesOnline) {
            continue;
        }
        const auto broken =
            break_down(indicator, places.catalogue(), places.of(indicator.id), weeks, input.as_of);
        for (std::size_t unit = 0; unit < units.size(); ++unit) {
            const Figure& figure = units[unit]->figures[at];
            const Breakdown& counts = broken[*input.organisation.find(units[unit]->code)];
            const bool is_told = figure.counts && is_fit(figure.fitness);
            for (const WeekTest test : {WeekTest::Volume, WeekTest::Share, WeekTest::EndOfPeriod}) {
                tested.units[unit].figures.push_back(
                    {test,
                     indicator.id,
                     is_told ? find_irregularities(test, {weeks.first, counts.weeks})
                             : std::nullopt}
                );
            }
        }
    }
    return tested;
}

}  // namespace thidua::rules
