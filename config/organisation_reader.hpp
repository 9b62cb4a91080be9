// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/yaml.hpp"
#include "core/organisation.hpp"

#include <vector>

namespace thidua::config {

/// Shape: {version: 1, units: [{code, name, parent?, aliases?: [codes]}]}. Codes of either form
/// become canonical. An Organisation without units if anything is wrong, which is reported.
[[nodiscard]] Organisation read_organisation(Node node);

/// Shape: {version: 1, procedures: [{code, name, units: [codes], levels: [{level: information |
/// partial | full, from: day}], fees?: [{fee_bearing: bool, from: day}]}]}, rows ascending by day.
/// Unit codes must be units of `organisation`, unless that is empty because it was wrong itself.
[[nodiscard]] std::vector<Procedure> read_procedures(Node node, const Organisation& organisation);

/// The canonical code of a unit of `organisation`; an unknown one is reported.
[[nodiscard]] std::string read_unit_code(const Node& node, const Organisation& organisation);

}  // namespace thidua::config
