// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/published_json.hpp"

#include "rules/figure_id.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <exception>
#include <string>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

std::string text_of(const json::value& value) {
    return json::value_to<std::string>(value);
}

std::optional<Ratio> counts_of(const json::object& figure) {
    if (figure.at("numerator").is_null()) {
        return std::nullopt;
    }
    return Ratio{figure.at("numerator").as_int64(), figure.at("denominator").as_int64()};
}

/// Those of one unit, or of the total.
void read_figures(
    const json::object& unit,
    std::string_view code,
    std::string_view name,
    std::vector<rules::PublishedFigure>& figures
) {
    for (const json::value& item : unit.at("indicators").as_array()) {
        const json::object& figure = item.as_object();
        const json::value& verdict = figure.at("verdict");
        figures.push_back({
            std::string(code),
            std::string(name),
            text_of(figure.at("id")),
            counts_of(figure),
            verdict.is_null() ? std::string() : text_of(verdict),
            rules::fitness_called(text_of(figure.at("fitness"))),
        });
    }
}

/// Only reports on the awards have any.
json::array verdicts_of(const json::object& manifest) {
    const json::value* const verdicts = manifest.if_contains("verdicts");
    return verdicts == nullptr ? json::array() : verdicts->as_array();
}

rules::Published read(const json::object& manifest) {
    rules::Published said;
    const json::object& standings = manifest.at("standings").as_object();
    for (const json::value& item : standings.at("units").as_array()) {
        const json::object& unit = item.as_object();
        read_figures(unit, text_of(unit.at("code")), text_of(unit.at("name")), said.figures);
    }
    read_figures(standings.at("total").as_object(), rules::total_unit, "", said.total);
    const json::array verdicts = verdicts_of(manifest);
    for (const json::value& item : verdicts) {
        said.verdicts.push_back({
            text_of(item.at("candidate")),
            text_of(item.at("name")),
            text_of(item.at("award")),
            text_of(item.at("verdict")),
        });
    }
    return said;
}

std::string said_text(const std::optional<rules::PublishedFigure>& figure) {
    return !figure ? "none"
           : !figure->counts
               ? "unknown"
               : fmt::format("{}/{}", figure->counts->numerator, figure->counts->denominator);
}

json::value said_json(const std::optional<rules::PublishedFigure>& figure) {
    if (!figure || !figure->counts) {
        return nullptr;
    }
    return {{"numerator", figure->counts->numerator}, {"denominator", figure->counts->denominator}};
}

}  // namespace

Result<rules::Published> read_published(std::string_view manifest) {
    try {
        return read(json::parse(manifest).as_object());
    } catch (const std::exception& error) {
        return fail(ErrorKind::Data, std::string("is not what it should be: ") + error.what());
    }
}

json::object changed_json(const rules::Changed<rules::PublishedFigure>& change) {
    const rules::PublishedFigure& one = change.now ? *change.now : *change.before;
    return {
        {"unit", one.unit},
        {"indicator", one.indicator},
        {"before", said_json(change.before)},
        {"now", said_json(change.now)}};
}

std::string changed_text(const rules::Changed<rules::PublishedFigure>& change) {
    const rules::PublishedFigure& one = change.now ? *change.now : *change.before;
    return fmt::format(
        "{} {}: {} before, {} now",
        one.unit,
        one.indicator,
        said_text(change.before),
        said_text(change.now)
    );
}

}  // namespace thidua::daemon
