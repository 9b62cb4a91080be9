// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/campaign.hpp"
#include "rules/standings.hpp"

#include <string>

namespace thidua::daemon {

/// The standings as an aligned table for a terminal, every figure with both counts.
[[nodiscard]] std::string standings_table(
    const rules::Standings& standings, const Campaign& campaign
);

}  // namespace thidua::daemon
