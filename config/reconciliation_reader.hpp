// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/campaign_reader.hpp"
#include "config/yaml.hpp"
#include "core/campaign.hpp"

#include <span>
#include <vector>

namespace thidua::config {

/// Shape: {witnesses?: [names of sources], tolerance?: 1%, settle_after?: 3d}. A witness gives
/// dossiers and is not the only system of record, or it is the payment record of an indicator.
[[nodiscard]] ReconciliationRules read_reconciliation(
    Node node, const std::vector<NamedSource>& sources, std::span<const Indicator> indicators
);

}  // namespace thidua::config
