// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// /units/CODE : how many more, at what pace, of which procedures, and the weeks before.
#include "daemon/web/figures_page.hpp"
#include "daemon/web/html.hpp"
#include "daemon/web/words_table.hpp"
#include "reports/digest_facts.hpp"
#include "reports/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <span>

namespace thidua::daemon::web {
namespace {

/// Of figures that count services there may be a hundred.
constexpr std::size_t causes_shown = 20;

std::string item(std::string_view term, std::string_view text) {
    return text.empty() ? "" : fmt::format("<dt>{}</dt><dd>{}</dd>", escaped(term), escaped(text));
}

std::string what_is_left(
    const Words& words,
    const rules::UnitStanding& unit,
    const Indicator& indicator,
    const rules::FigureActions& actions
) {
    const reports::Percent percent = reports::percent_of(unit, indicator);
    std::string items = item(words(Say::Gap), words.gap(reports::gap_of(unit, indicator)));
    if (actions.expected) {
        items += item(words(Say::Expected), words.expected(*actions.expected));
    }
    if (actions.pace) {
        items += item(words(Say::Pace), words.pace(*actions.pace, indicator.kind));
    }
    if (actions.forecast && percent.target) {
        items += item(words(Say::Forecast), words.forecast(*actions.forecast, *percent.target));
    }
    return items.empty() ? "" : "<dl>" + items + "</dl>\n";
}

/// How much of the gap a procedure accounts for, drawn.
std::string part_bar(const rules::Cause& cause, std::int64_t missed) {
    return missed > 0
               ? bar({.counts = Ratio{cause.missed, missed}, .fitness = rules::Fitness::Provisional}
                 )
               : "";
}

std::string causes_of(
    const Words& words,
    const StandingsView& view,
    IndicatorKind kind,
    const rules::FigureActions& actions
) {
    if (actions.causes.empty()) {
        return "";
    }
    Table html{
        .caption = std::string(words(Say::CausesCaption)),
        .columns = {std::string(words(Say::Procedure)), std::string(words(Say::Share))},
        .rows = {}};
    const std::size_t shown = std::min(actions.causes.size(), causes_shown);
    for (const rules::Cause& cause : std::span(actions.causes).first(shown)) {
        const bool is_known = cause.procedure < view.input.procedures.size();
        const std::string name = is_known ? view.input.procedures[cause.procedure].code + " " +
                                                view.input.procedures[cause.procedure].name
                                          : "";
        const bool is_services = kind == IndicatorKind::ServicesOnline;
        html.rows.push_back(
            {is_known ? named(words, name) : escaped(words(Say::NotCatalogued)),
             escaped(words.cause(cause, actions.missed, kind)) +
                 (is_services ? "" : part_bar(cause, actions.missed))}
        );
    }
    return "<h3>" + escaped(words(Say::Causes)) + "</h3>" + table(html);
}

std::string work(
    const Words& words,
    const StandingsView& view,
    const rules::UnitStanding& unit,
    const std::vector<rules::FigureActions>& actions
) {
    std::string html;
    const auto& indicators = view.campaign.indicators;
    for (std::size_t at = 0; at < indicators.size() && at < actions.size(); ++at) {
        const std::string left = what_is_left(words, unit, indicators[at], actions[at]);
        const std::string causes = causes_of(words, view, indicators[at].kind, actions[at]);
        if (!left.empty() || !causes.empty()) {
            html += section("work-" + indicators[at].id, indicators[at].name, left + causes);
        }
    }
    return html;
}

std::string history(
    const Words& words, const StandingsView& view, const std::vector<reports::PastWeek>& past
) {
    if (past.empty()) {
        return section(
            "history",
            words(Say::History),
            fmt::format("<p>{}</p>\n", escaped(words(Say::NoHistory)))
        );
    }
    Table html{
        .caption = std::string(words(Say::HistoryCaption)),
        .columns = {std::string(words(Say::Week))},
        .rows = {},
        .kind = "standings"};
    for (const Indicator& indicator : view.campaign.indicators) {
        html.columns.emplace_back(reports::short_name(indicator));
    }
    for (const reports::PastWeek& week : std::views::reverse(past)) {
        std::vector<std::string> row{escaped(reports::name_week(view.campaign, week.week))};
        for (const reports::Percent& percent : week.figures) {
            row.push_back(figure(words, percent));
        }
        html.rows.push_back(std::move(row));
    }
    return section("history", words(Say::History), table(html));
}

std::string below(const Words& words, const StandingsView& view, const rules::UnitStanding& unit) {
    UnitsTable what{.caption = std::string(words(Say::OtherUnits)), .units = {}};
    for (const rules::UnitStanding& one : view.standings.units) {
        if (one.parent == unit.code) {
            what.units.push_back(&one);
        }
    }
    return what.units.empty()
               ? ""
               : section("below", words(Say::OtherUnits), units_table(words, view, what));
}

}  // namespace

std::string unit_page(const Words& words, const StandingsView& view, std::string_view code) {
    const auto& units = view.standings.units;
    const auto unit = std::ranges::find(units, code, &rules::UnitStanding::code);
    if (unit == units.end()) {
        return "";
    }
    const auto at = static_cast<std::size_t>(unit - units.begin());
    const auto past = view.past.of_unit(view.campaign, code);
    std::string html = fitness_notice(words, view);
    if (unit->rank) {
        html +=
            fmt::format("<p>{}: <strong>{}</strong></p>\n", escaped(words(Say::Rank)), *unit->rank);
    }
    html += figure_cards(words, view, *unit, trends_of(words, view, *unit, past));
    html += work(words, view, *unit, view.actions.units.at(at));
    html += below(words, view, *unit);
    html += history(words, view, past);
    return page(
        words,
        {.title = unit->name,
         .above = agency_of(view.standings, view.campaign),
         .active = "",
         .foot = provenance(words, view)},
        html
    );
}

}  // namespace thidua::daemon::web
