// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/web/figures_page.hpp"

#include "daemon/web/html.hpp"
#include "daemon/web/words_table.hpp"
#include "reports/digest_facts.hpp"
#include "reports/format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon::web {
namespace {

bool is_sound(const SourceStatus& source) {
    return source.state == SourceStatus::State::Fresh && !source.past_limit;
}

std::string describe_source(const Words& words, const SourceStatus& source) {
    std::string text =
        fmt::format("{}: {}", reports::source_title(source), words.state(source.state));
    if (source.past_limit && source.data_through) {
        text += fmt::format(", {}", words(Say::PastLimit));
    }
    return text + (source.data_through ? ", " + words.instant(*source.data_through) : "");
}

std::string card(
    const Words& words,
    const Indicator& indicator,
    const rules::UnitStanding& unit,
    const reports::TrendChart* trend_chart
) {
    const reports::Percent percent = reports::percent_of(unit, indicator);
    std::string html = fmt::format(
        "<div class=\"card\"><h3 lang=\"vi\">{}</h3>{}",
        escaped(indicator.name),
        figure(words, percent)
    );
    html += fmt::format(
        "<p>{}: {}</p>", escaped(words(Say::Target)), escaped(words.target(percent.target))
    );
    if (const std::string gap = words.gap(reports::gap_of(unit, indicator)); !gap.empty()) {
        html += fmt::format("<p><strong>{}</strong></p>", escaped(gap));
    }
    if (trend_chart != nullptr) {
        html += trend(words, *trend_chart);
    }
    return html + "</div>\n";
}

}  // namespace

std::string fitness_notice(const Words& words, const StandingsView& view) {
    const rules::Standings& standings = view.standings;
    std::vector<std::string> troubles;
    for (const SourceStatus& source : standings.sources) {
        if (!is_sound(source)) {
            troubles.push_back(describe_source(words, source));
        }
    }
    const std::string_view level = !rules::is_fit(standings.fitness) ? "alarm"
                                   : !troubles.empty()               ? "warning"
                                                                     : "calm";
    std::string list;
    for (const std::string& trouble : troubles) {
        list += fmt::format("<br>{}", escaped(trouble));
    }
    return fmt::format(
        "<p class=\"notice {}\"><strong>{}</strong> · {} {} · {} {}{}</p>\n",
        level,
        escaped(words.fitness(standings.fitness)),
        escaped(words(Say::AsOf)),
        escaped(words.day(standings.as_of)),
        escaped(words(Say::KnownAt)),
        escaped(words.instant(standings.known_at)),
        list
    );
}

std::string figure_cards(
    const Words& words,
    const StandingsView& view,
    const rules::UnitStanding& unit,
    const std::vector<reports::TrendChart>& trends
) {
    std::string cards;
    for (std::size_t at = 0; at < view.campaign.indicators.size(); ++at) {
        cards += card(
            words, view.campaign.indicators[at], unit, at < trends.size() ? &trends[at] : nullptr
        );
    }
    return fmt::format("<div class=\"figures\">\n{}</div>\n", cards);
}

std::vector<reports::TrendChart> trends_of(
    const Words& words,
    const StandingsView& view,
    const rules::UnitStanding& unit,
    const std::vector<reports::PastWeek>& past
) {
    std::vector<reports::TrendChart> charts;
    for (std::size_t at = 0; at < view.campaign.indicators.size(); ++at) {
        const Indicator& indicator = view.campaign.indicators[at];
        const reports::Percent now = reports::percent_of(unit, indicator);
        reports::TrendChart chart{
            .name = std::string(reports::short_name(indicator)), .points = {}};
        for (const reports::PastWeek& week : past) {
            reports::Percent value = week.figures.at(at);
            value.target = now.target;
            chart.points.push_back(
                {fmt::format("{} {}", words(Say::Week), week.week.week), std::move(value)}
            );
        }
        chart.points.push_back({words.day(view.standings.as_of), now});
        charts.push_back(std::move(chart));
    }
    return charts;
}

std::string units_table(const Words& words, const StandingsView& view, const UnitsTable& what) {
    Table html{.caption = what.caption, .columns = {}, .rows = {}, .kind = "standings"};
    if (what.with_rank) {
        html.columns.emplace_back(words(Say::Rank));
        html.header = 1;
    }
    html.columns.emplace_back(words(Say::Unit));
    for (const Indicator& indicator : view.campaign.indicators) {
        html.columns.emplace_back(reports::short_name(indicator));
    }
    for (const rules::UnitStanding* unit : what.units) {
        std::vector<std::string> row;
        if (what.with_rank) {
            row.push_back(unit->rank ? std::to_string(*unit->rank) : "–");
        }
        const bool is_total = unit == &view.standings.total;
        const std::string name = named(words, unit->name);
        row.push_back(
            is_total
                ? escaped(words(view.standings.unmapped > 0 ? Say::WholeWithUnmapped : Say::Whole))
                : link("/units/" + in_path(unit->code), name)
        );
        for (const Indicator& indicator : view.campaign.indicators) {
            row.push_back(figure(words, reports::percent_of(*unit, indicator)));
        }
        html.rows.push_back(std::move(row));
    }
    return table(html);
}

std::string provenance(const Words& words, const StandingsView& view) {
    const bool is_known =
        std::ranges::any_of(view.standings.total.figures, [](const rules::Figure& one) {
            return one.counts.has_value();
        });
    return fmt::format(
        "<p>{}: {} · {} <code>{}</code></p>",
        escaped(words(Say::Unmapped)),
        escaped(is_known ? words.count(view.standings.unmapped) : std::string(words(Say::NoData))),
        escaped(words(Say::Configuration)),
        escaped(view.config_hash.substr(0, 12))
    );
}

std::string agency_of(const rules::Standings& standings, const Campaign& campaign) {
    return fmt::format("{} · {}", reports::root_name(standings), campaign.name);
}

}  // namespace thidua::daemon::web
