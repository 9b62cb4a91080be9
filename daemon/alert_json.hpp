// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/alert.hpp"
#include "daemon/alerts.hpp"

#include <boost/json/object.hpp>

namespace thidua::daemon {

/// docs/schema/silence.schema.json; `today` tells whether it is in force.
[[nodiscard]] boost::json::object silence_json(const Silence& silence, Day today);

[[nodiscard]] boost::json::object change_json(const AlertChange& change);
[[nodiscard]] boost::json::object step_json(const StepTaken& step);

/// How `alerts:` is set.
[[nodiscard]] boost::json::object alert_rule_json(const config::Alerts& alerts);

}  // namespace thidua::daemon
