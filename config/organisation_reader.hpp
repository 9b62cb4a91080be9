// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/yaml.hpp"
#include "core/organisation.hpp"
#include "core/unit_history.hpp"

#include <span>
#include <string>
#include <vector>

namespace thidua::config {

/// Shape: {version: 1, units: [{code, name, parent?, aliases?: [CODE or {code, from?, until?}],
/// from?, until?, merged_into?, changes?: [{from, name?, parent?}]}]}. Codes of either form become
/// canonical. Days are first and last ones; left out, always and for ever. No units if anything is
/// wrong, which is reported; otherwise they form a tree on every day on which there are any.
[[nodiscard]] std::vector<DatedUnit> read_units(Node node);

/// Shape: {version: 1, procedures: [{code, name, units: [codes], levels: [{level: information |
/// partial | full, from: day}], fees?: [{fee_bearing: bool, from: day}]}]}, rows ascending by day.
/// Unit codes must be codes of `units`, and one of them must mean a unit on every day on which the
/// procedure is offered online; unless there are none because they were wrong themselves.
[[nodiscard]] std::vector<Procedure> read_procedures(Node node, std::span<const DatedUnit> units);

/// The canonical code of one of `units`, whenever it is in force; an unknown one is reported.
[[nodiscard]] std::string read_unit_code(const Node& node, std::span<const DatedUnit> units);

/// The keys `from` and `until` of the map `node`; an end before the beginning is reported.
[[nodiscard]] DaysInForce read_days_in_force(Node& node);

}  // namespace thidua::config
