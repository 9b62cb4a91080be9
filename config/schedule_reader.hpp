// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/yaml.hpp"
#include "core/schedule.hpp"

namespace thidua::config {

/// Shape: {at: "05:00"}, {weekday: monday, at: "07:30"} or {every: 6h}, each with an optional
/// `timezone` that the system's zone data must know. An absent node gives `fallback`.
[[nodiscard]] Schedule read_schedule(Node node, const Schedule& fallback);

/// The same, but only {at: "06:00"} will do: every day, also one on which nobody works, is looked
/// at once.
[[nodiscard]] Schedule read_daily(const Node& node, const Schedule& fallback);

}  // namespace thidua::config
