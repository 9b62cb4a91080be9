// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/trend.hpp"

#include "reports/bar.hpp"
#include "reports/digest_facts.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>

namespace thidua::reports {
namespace {

/// As published in `week`; without counts if it was not.
Percent published(const DigestInput& input, IsoWeek week, std::size_t indicator) {
    const auto place = std::ranges::find(input.past, week, &PastWeek::week);
    return place == input.past.end() ? Percent{} : place->figures.at(indicator);
}

}  // namespace

std::vector<TrendChart> trend_charts(const DigestInput& input) {
    std::vector<TrendChart> charts;
    if (input.past.empty()) {
        return charts;
    }
    for (std::size_t at = 0; at < input.campaign.indicators.size(); ++at) {
        const Indicator& indicator = input.campaign.indicators[at];
        TrendChart chart{.name = std::string(short_name(indicator)), .points = {}};
        for (Day monday = monday_of(input.past.front().week); monday < monday_of(input.week);
             monday += std::chrono::weeks{1}) {
            const IsoWeek week = week_of(monday);
            chart.points.push_back({name_week(input.campaign, week), published(input, week, at)});
        }
        chart.points.push_back(
            {name_week(input.campaign, input.week), percent_of(input.standings.total, indicator)}
        );
        const auto known = std::ranges::count_if(chart.points, [](const TrendChart::Point& point) {
            return has_bar(point.value);
        });
        if (known >= 2) {
            charts.push_back(std::move(chart));
        }
    }
    return charts;
}

void add_trends(std::vector<Block>& blocks, const DigestInput& input) {
    std::vector<TrendChart> charts = trend_charts(input);
    if (!charts.empty()) {
        blocks.emplace_back(Heading{"Diễn biến theo tuần, như đã công bố"});
        std::ranges::move(charts, std::back_inserter(blocks));
    }
}

std::string describe(const TrendChart& chart) {
    std::vector<std::string> weeks;
    for (const TrendChart::Point& point : chart.points) {
        weeks.push_back(fmt::format(
            "{}: {}", point.label, point.value.counts ? format_value(point.value) : "không có"
        ));
    }
    return join(weeks, "; ");
}

}  // namespace thidua::reports
