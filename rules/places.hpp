// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/count.hpp"
#include "rules/standings.hpp"

#include <deque>
#include <span>
#include <string_view>
#include <vector>

namespace thidua::rules {

/// Looks codes up once for all indicators that share their tallies. Views: what the input is made
/// of must outlive it.
class Places {
  public:
    explicit Places(const StandingsInput& input);

    [[nodiscard]] const Catalogue& catalogue() const { return catalogue_; }

    /// The tallies of an indicator; none if there are none.
    [[nodiscard]] std::span<const PlacedTally> of(std::string_view indicator);

  private:
    struct Shared {
        std::span<const Tally> tallies;
        std::vector<PlacedTally> placed;
    };
    std::span<const IndicatorTallies> tallies_;
    Catalogue catalogue_;
    std::deque<Shared> shared_;
};

}  // namespace thidua::rules
