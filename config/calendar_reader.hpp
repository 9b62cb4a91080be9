// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/yaml.hpp"
#include "core/calendar.hpp"

namespace thidua::config {

/// Shape: {version: 1, holidays: [{day, name} or {from, to, name}], swapped: [day]}. No day twice;
/// what is swapped is a Saturday or Sunday and no holiday.
[[nodiscard]] Calendar read_calendar(Node node);

}  // namespace thidua::config
