// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/gap_answer.hpp"

#include "daemon/standings_json.hpp"
#include "reports/action_phrases.hpp"
#include "reports/digest_facts.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

json::object to_json(const Ratio& ratio) {
    return {{"numerator", ratio.numerator}, {"denominator", ratio.denominator}};
}

json::object to_json(const rules::ExpectedNeed& need) {
    return {
        {"volume", need.volume},
        {"share", to_json(need.bound)},
        {"least", need.least},
        {"feasible", need.is_feasible}};
}

json::object to_json(const rules::Pace& pace) {
    const auto increase = rules::increase(pace);
    return {
        {"volume", pace.volume},
        {"needed", pace.needed},
        {"needed_per_week", pace.needed_per_week},
        {"done_in_four_weeks", pace.done},
        {"increase", increase ? json::value(to_json(*increase)) : json::value(nullptr)},
        {"verdict", rules::to_text(pace.verdict)}};
}

json::object to_json(const rules::Forecast& forecast) {
    return {
        {"share", to_json(forecast.at_end)}, {"error", forecast.error}, {"tries", forecast.tries}};
}

template <class Value>
json::value object_or_null(const std::optional<Value>& value) {
    return value ? json::value(to_json(*value)) : json::value(nullptr);
}

}  // namespace

GapAnswer::GapAnswer(const rules::StandingsInput& input)
    : input_(input),
      standings_(rules::measure(input)),
      actions_(rules::find_actions(input, standings_)) {}

bool GapAnswer::has(const std::string& unit) const {
    return std::ranges::find(standings_.units, unit, &rules::UnitStanding::code) !=
           standings_.units.end();
}

json::object GapAnswer::as_json(const std::string& unit) const {
    json::object object = standings_head_json(standings_);
    object["complete_weeks"] = actions_.complete_weeks;
    object["weeks_left"] = actions_.weeks_left;
    json::array units;
    for (std::size_t at = 0; at < standings_.units.size(); ++at) {
        const rules::UnitStanding& standing = standings_.units[at];
        if (unit.empty() || standing.code == unit) {
            units.push_back(
                {{"code", standing.code},
                 {"name", standing.name},
                 {"indicators", figures_json(standing, actions_.units[at])}}
            );
        }
    }
    object["units"] = std::move(units);
    object["total"] = {
        {"code", standings_.total.code},
        {"indicators", figures_json(standings_.total, actions_.total)}};
    return object;
}

std::string GapAnswer::as_text(const std::string& unit) const {
    std::string text = fmt::format(
        "{}: tính đến {}, theo số liệu ghi nhận lúc {}, {}; còn {} tuần trọn\n",
        standings_.campaign,
        reports::format_day(standings_.as_of),
        reports::format_instant(standings_.known_at),
        reports::format_fitness(standings_.fitness),
        actions_.weeks_left
    );
    for (std::size_t at = 0; at < standings_.units.size(); ++at) {
        const rules::UnitStanding& standing = standings_.units[at];
        if (unit.empty() || standing.code == unit) {
            text += "\n" + standing.code + " " + standing.name + "\n";
            text += figures_text(standing, actions_.units[at]);
        }
    }
    if (unit.empty()) {
        text += "\nToàn bộ, kể cả hồ sơ chưa ánh xạ đơn vị\n";
        text += figures_text(standings_.total, actions_.total);
    }
    return text;
}

json::array GapAnswer::figures_json(const rules::UnitStanding& unit, const Figures& figures) const {
    json::array array;
    for (std::size_t at = 0; at < figures.size(); ++at) {
        const rules::Figure& figure = unit.figures[at];
        json::object object = figure_json(figure);
        object["can_convert"] =
            figure.convert ? json::value(rules::can_convert(*figure.counts, *figure.convert))
                           : json::value(nullptr);
        object["expected"] = object_or_null(figures[at].expected);
        object["missed"] = figures[at].missed;
        object["causes"] = causes_json(figures[at].causes);
        object["pace"] = object_or_null(figures[at].pace);
        object["forecast"] = object_or_null(figures[at].forecast);
        array.push_back(std::move(object));
    }
    return array;
}

json::array GapAnswer::causes_json(const std::vector<rules::Cause>& causes) const {
    json::array array;
    for (const rules::Cause& cause : causes) {
        const Procedure* procedure = find_procedure(cause);
        array.push_back(
            {{"procedure", procedure == nullptr ? json::value() : json::value(procedure->code)},
             {"name", procedure == nullptr ? json::value() : json::value(procedure->name)},
             {"missed", cause.missed},
             {"received", cause.received}}
        );
    }
    return array;
}

const Procedure* GapAnswer::find_procedure(const rules::Cause& cause) const {
    return cause.procedure < input_.procedures.size() ? &input_.procedures[cause.procedure]
                                                      : nullptr;
}

std::string GapAnswer::figures_text(const rules::UnitStanding& unit, const Figures& figures) const {
    std::string text;
    for (std::size_t at = 0; at < figures.size(); ++at) {
        if (unit.figures[at].target) {
            text += figure_text(unit, input_.campaign.indicators[at], figures[at]);
        }
    }
    return text.empty() ? "  không giao chỉ tiêu\n" : text;
}

std::string GapAnswer::figure_text(
    const rules::UnitStanding& unit, const Indicator& indicator, const rules::FigureActions& actions
) const {
    const reports::KeyFigure figure{
        std::string(reports::short_name(indicator)),
        reports::percent_of(unit, indicator),
        reports::gap_of(unit, indicator),
        std::nullopt};
    std::string text = fmt::format(
        "  {}: {}, {}\n",
        figure.name,
        reports::format_value(figure.value),
        reports::join(reports::figure_phrases(figure), ", ")
    );
    const auto add_line = [&](const std::string& line) {
        text += line.empty() ? "" : "    " + reports::capitalise(line) + "\n";
    };
    add_line(reports::gap_phrase(figure.gap));
    if (actions.expected) {
        add_line(reports::expected_phrase(*actions.expected));
    }
    if (actions.pace) {
        add_line(reports::pace_phrase(*actions.pace, indicator.kind));
    }
    if (actions.forecast) {
        add_line(reports::forecast_phrase(*actions.forecast, *figure.value.target));
    }
    return text + causes_text(actions, indicator.kind);
}

std::string GapAnswer::causes_text(const rules::FigureActions& actions, IndicatorKind kind) const {
    if (actions.causes.empty()) {
        return "";
    }
    Ratio accounted{0, actions.missed};
    std::string lines;
    const std::size_t shown = std::min(actions.causes.size(), rules::causes_max);
    for (const rules::Cause& cause : std::span(actions.causes).first(shown)) {
        accounted.numerator += cause.missed;
        const Procedure* procedure = find_procedure(cause);
        lines += fmt::format(
            "      {}: {}\n",
            procedure == nullptr ? "ngoài danh mục"
                                 : reports::join({procedure->code, procedure->name}, " "),
            reports::cause_phrase(cause, actions.missed, kind)
        );
    }
    const std::string title =
        kind == IndicatorKind::ServicesOnline
            ? fmt::format(
                  "{} thủ tục chưa có hồ sơ trực tuyến{}",
                  actions.causes.size(),
                  shown < actions.causes.size() ? fmt::format(", {} thủ tục đầu", shown) : ""
              )
            : fmt::format(
                  "{} thủ tục chiếm {} phần còn thiếu",
                  shown,
                  reports::format_ratio(accounted, std::nullopt)
              );
    return "    " + title + ":\n" + lines;
}

}  // namespace thidua::daemon
