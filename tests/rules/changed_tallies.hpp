// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tally.hpp"

#include <algorithm>
#include <vector>

namespace thidua::rules {

/// What tallies come to when dossiers have changed.
inline std::vector<Tally> applied(
    std::vector<Tally> tallies, const std::vector<TallyChange>& changes
) {
    for (const TallyChange& change : changes) {
        if (change.before) {
            const auto& [day, unit, code, received, online, owing, paid] = *change.before;
            tallies.push_back({day, unit, code, -received, -online, -owing, -paid});
        }
        if (change.now) {
            tallies.push_back(*change.now);
        }
    }
    std::vector<Tally> sums;
    for (const Tally& tally : tallies) {
        const auto place = std::ranges::find_if(sums, [&](const Tally& sum) {
            return sum.day == tally.day && sum.unit_code == tally.unit_code &&
                   sum.procedure_code == tally.procedure_code;
        });
        if (place == sums.end()) {
            sums.push_back(tally);
            continue;
        }
        place->received += tally.received;
        place->online += tally.online;
        place->owing += tally.owing;
        place->paid += tally.paid;
    }
    return sums;
}

}  // namespace thidua::rules
