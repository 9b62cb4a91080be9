// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/campaign.hpp"
#include "rules/standings.hpp"

namespace thidua::rules {

/// Fills the ranks of the ranked units: standard competition ranking (1, 2, 2, 4).
///
/// Each indicator ranks by exact ratio among the ranked units with activity. The unit's own rank
/// orders by number of targets met, then payments-online, then services-online (no activity after
/// any ratio); equal on all is a tie. Without counts for every figure of a kind nobody is ranked
/// by it: an unknown figure is not the last one.
void rank_units(Standings& standings, const Campaign& campaign);

}  // namespace thidua::rules
