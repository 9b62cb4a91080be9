// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/standings.hpp"

#include <boost/json.hpp>

#include <string>

namespace thidua::daemon {

/// The standings as docs/schema/standings.schema.json describes them; stable.
[[nodiscard]] boost::json::object standings_json(const rules::Standings& standings);

/// JSON with two spaces of indentation and a final line end.
[[nodiscard]] std::string pretty_json(const boost::json::value& value);

}  // namespace thidua::daemon
