// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/yaml.hpp"
#include "core/officer.hpp"
#include "core/unit_history.hpp"

#include <span>
#include <vector>

namespace thidua::config {

/// Shape: {version: 1, officers: [{id, name, unit, position?, from?, until?}]}. Days are first and
/// last ones; left out, always and for ever. Ids are unique, whatever their case; the unit must be
/// one of `units` and in force on some of the officer's days, unless there are none because they
/// were wrong themselves.
[[nodiscard]] std::vector<Officer> read_officers(Node node, std::span<const DatedUnit> units);

}  // namespace thidua::config
