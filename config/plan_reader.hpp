// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/yaml.hpp"
#include "core/campaign.hpp"

namespace thidua::config {

/// Reads the keys `documents`, `bodies`, `contents`, `subjects`, `awards`, `nomination_parts`,
/// `deadlines`, `freeze` and `ambiguities` of a campaign, each of which may be left out; its other
/// keys are the caller's, and so is finish(). `campaign` holds the indicators, targets and days.
[[nodiscard]] Plan read_plan(Node& node, const Campaign& campaign);

}  // namespace thidua::config
