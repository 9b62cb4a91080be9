// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/delivery_reader.hpp"
#include "config/settings.hpp"
#include "config/yaml.hpp"

namespace thidua::config {

/// Shape: {schedule?: {at, timezone?}, for?: 7d, recover_after?: 7d, escalate?: {second?: 5,
/// leaders?: 10}, leaders?: [{id, name, address}], file_to?}; durations in whole days, steps in
/// working days. `settings` has what was read before: reports, relay, state directory.
[[nodiscard]] Alerts read_alerts(Node node, const ReportScope& scope, const Settings& settings);

/// Shape: {interval?: 14d}: nobody is proposed to be urged (đôn đốc) twice for the same indicator
/// within so many days.
[[nodiscard]] int read_urging_interval(Node node);

}  // namespace thidua::config
