// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// From tallies to the two counts of each unit, exactly as the indicators are defined.
#pragma once

#include "core/campaign.hpp"
#include "core/organisation.hpp"
#include "core/ratio.hpp"
#include "core/tally.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace thidua::rules {

/// The counts of one indicator: of each unit with everything below it, and of the whole.
struct Counted {
    std::vector<Ratio> units;   ///< in the order of Organisation::units
    Ratio total;                ///< the root's, and what no unit code maps
    std::int64_t unmapped = 0;  ///< received dossiers whose unit code maps to no unit
};

/// Procedures by canonical code.
using Catalogue = std::map<std::string, const Procedure*, std::less<>>;

[[nodiscard]] Catalogue make_catalogue(std::span<const Procedure> procedures);

/// Counts `indicator` as of `day`. Parents are sums of their parts, and a procedure counts once in
/// a parent however many units share it. A procedure that is not in the catalogue is neither
/// offered online nor fee-bearing.
[[nodiscard]] Counted count(
    const Indicator& indicator,
    const Organisation& organisation,
    const Catalogue& catalogue,
    std::span<const Tally> tallies,
    Day day
);

}  // namespace thidua::rules
