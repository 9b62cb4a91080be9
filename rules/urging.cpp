// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/urging.hpp"

#include "core/result.hpp"
#include "rules/breakdown.hpp"
#include "rules/places.hpp"

#include <algorithm>

namespace thidua::rules {
namespace {

__extension__ using Wide = __int128;

constexpr std::chrono::weeks one_week{1};
constexpr std::chrono::days one_day{1};

}  // namespace

UrgingEffect effect_of(Day urged, const WeeklyCounts& counts, Day last) {
    std::vector<Ratio> before;
    std::vector<Ratio> after;
    Day monday = counts.first;
    for (const Ratio& week : counts.weeks) {
        const Day sunday = monday + one_week - one_day;
        if (sunday < urged) {
            before.push_back(week);
        } else if (monday >= urged && sunday <= last && after.size() < urging_weeks_after) {
            after.push_back(week);
        }
        monday += one_week;
    }
    const auto sum = [](std::span<const Ratio> weeks) {
        Ratio all;
        for (const Ratio& week : weeks) {
            all += week;
        }
        return all;
    };
    UrgingEffect effect;
    if (before.size() >= urging_weeks_before) {
        effect.before = sum(std::span(before).last(urging_weeks_before));
    }
    if (!after.empty()) {
        effect.after = sum(after);
        effect.weeks_after = after.size();
    }
    return effect;
}

std::string_view to_text(Movement movement) {
    switch (movement) {
        case Movement::Faster:
            return "faster";
        case Movement::Same:
            return "same";
        case Movement::Slower:
            return "slower";
    }
    check(false, "to_text: a known Movement");
    return "";
}

std::optional<Movement> movement_of(const UrgingEffect& effect) {
    if (!effect.before || !effect.after) {
        return std::nullopt;
    }
    const Wide before = Wide{effect.before->numerator} * static_cast<Wide>(effect.weeks_after);
    const Wide after = Wide{effect.after->numerator} * static_cast<Wide>(urging_weeks_before);
    return after > before ? Movement::Faster : after < before ? Movement::Slower : Movement::Same;
}

WeeklySeries weekly_series(const StandingsInput& input, const Standings& standings) {
    const CompleteWeeks weeks = complete_weeks(input.campaign.start, input.as_of);
    WeeklySeries series{weeks.first, {}};
    Places places(input);
    for (std::size_t at = 0; at < input.campaign.indicators.size(); ++at) {
        const Indicator& indicator = input.campaign.indicators[at];
        const auto broken =
            break_down(indicator, places.catalogue(), places.of(indicator.id), weeks, input.as_of);
        for (const UnitStanding& unit : standings.units) {
            if (unit.figures[at].counts) {
                series.weeks[{unit.code, indicator.id}] =
                    broken[*input.organisation.find(unit.code)].weeks;
            }
        }
    }
    return series;
}

Day last_whole_day(const Standings& standings, std::span<const std::string> sources_needed) {
    Day last = standings.as_of;
    for (const SourceStatus& source : standings.sources) {
        const bool is_needed =
            std::ranges::find(sources_needed, source.name) != sources_needed.end();
        if (is_needed && source.data_through && *source.data_through < last_instant(last)) {
            last = day_of(*source.data_through) - one_day;
        }
    }
    return last;
}

const Urging* last_urged(std::span<const Urging> urgings, const AlertKey& key) {
    const Urging* last = nullptr;
    for (const Urging& urging : urgings) {
        const bool is_it = urging.kind == UrgingKind::Recorded && urging.unit == key.unit &&
                           urging.indicator == key.indicator;
        if (is_it && (last == nullptr || urging.day >= last->day)) {
            last = &urging;
        }
    }
    return last;
}

bool is_too_soon(std::span<const Urging> urgings, const AlertKey& key, Day today, int interval) {
    const Urging* last = last_urged(urgings, key);
    return last != nullptr && today < last->day + std::chrono::days{interval};
}

}  // namespace thidua::rules
