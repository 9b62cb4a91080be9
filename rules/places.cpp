// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/places.hpp"

#include <algorithm>

namespace thidua::rules {

Places::Places(const StandingsInput& input)
    : tallies_(input.tallies), catalogue_(input.organisation, input.procedures) {}

std::span<const PlacedTally> Places::of(std::string_view indicator) {
    const auto named = std::ranges::find(tallies_, indicator, &IndicatorTallies::indicator);
    if (named == tallies_.end()) {
        return {};
    }
    const std::span<const Tally> tallies = named->tallies;
    const auto known = std::ranges::find_if(shared_, [&](const Shared& one) {
        return one.tallies.data() == tallies.data() && one.tallies.size() == tallies.size();
    });
    if (known != shared_.end()) {
        return known->placed;
    }
    shared_.push_back({tallies, place(catalogue_, tallies)});
    return shared_.back().placed;
}

}  // namespace thidua::rules
