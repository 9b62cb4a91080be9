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

/// The standings as docs/schema/standings.schema.json describes them; stable.
[[nodiscard]] boost::json::object standings_json(const rules::Standings& standings);

/// Sets error_kind and error of `object`: null without an error.
void put_error(boost::json::object& object, const std::optional<Error>& error);

/// Mistakes in the configuration, an object each: file, line, column, key, message.
[[nodiscard]] boost::json::array problems_json(const std::vector<config::Problem>& problems);

/// JSON with two spaces of indentation and a final line end.
[[nodiscard]] std::string pretty_json(const boost::json::value& value);

}  // namespace thidua::daemon
