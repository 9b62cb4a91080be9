// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// An invented province to judge: units, procedures, and tallies by week. The same each time.
#pragma once

#include "rules/standings.hpp"

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace thidua::bench {

/// Ends the program with 1 and says `what` unless `holds`.
void require(bool holds, const char* what);

/// The units, what they answer for and what they received by the last Sunday of October.
class World {
  public:
    explicit World(int units);

    [[nodiscard]] rules::StandingsInput input(
        const Campaign& judged, std::span<const rules::IndicatorTallies> tallies
    ) const;

    /// The same tallies for every indicator.
    [[nodiscard]] std::vector<rules::IndicatorTallies> shared(std::span<const Tally> tallies) const;

    int unit_count;
    Campaign campaign;
    Organisation organisation;
    std::vector<Procedure> procedures;
    std::vector<SourceStatus> sources;
    std::vector<Tally> by_week;
    std::vector<Tally> summed;
    std::vector<Tally> through_both_gateways;
    Day as_of;

  private:
    int below(int limit);
    void make_units();
    void make_procedures();
    std::vector<Tally> make_tallies();
    [[nodiscard]] std::vector<Tally> sum_of_weeks(std::int64_t more) const;

    std::mt19937 random_{1};
};

}  // namespace thidua::bench
