// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/problem.hpp"
#include "core/result.hpp"
#include "rules/standings.hpp"

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace thidua::daemon {

/// A figure as it is among the standings.
[[nodiscard]] boost::json::object figure_json(const rules::Figure& figure);

/// What stands before the units: campaign, as_of, known_at, fitness and sources.
[[nodiscard]] boost::json::object standings_head_json(const rules::Standings& standings);

/// The standings as docs/schema/standings.schema.json describes them; stable.
[[nodiscard]] boost::json::object standings_json(const rules::Standings& standings);

/// Sets error_kind and error of `object`: null without an error.
void put_error(boost::json::object& object, const std::optional<Error>& error);

/// Mistakes in the configuration, an object each: file, line, column, key, message.
[[nodiscard]] boost::json::array problems_json(const std::vector<config::Problem>& problems);

/// JSON with two spaces of indentation and a final line end.
[[nodiscard]] std::string pretty_json(const boost::json::value& value);

}  // namespace thidua::daemon
