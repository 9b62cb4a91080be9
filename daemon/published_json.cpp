// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/published_json.hpp"

#include <boost/json.hpp>

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

void read_figures(const json::object& unit, std::vector<rules::PublishedFigure>& figures) {
    for (const json::value& item : unit.at("indicators").as_array()) {
        const json::object& figure = item.as_object();
        const json::value& verdict = figure.at("verdict");
        figures.push_back({
            text_of(unit.at("code")),
            text_of(unit.at("name")),
            text_of(figure.at("id")),
            counts_of(figure),
            verdict.is_null() ? std::string() : text_of(verdict),
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
    for (const json::value& unit : manifest.at("standings").at("units").as_array()) {
        read_figures(unit.as_object(), said.figures);
    }
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

}  // namespace

Result<rules::Published> read_published(std::string_view manifest) {
    try {
        return read(json::parse(manifest).as_object());
    } catch (const std::exception& error) {
        return fail(ErrorKind::Data, std::string("is not what it should be: ") + error.what());
    }
}

}  // namespace thidua::daemon
