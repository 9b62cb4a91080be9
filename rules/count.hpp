// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// From tallies to the two counts of each unit, exactly as the indicators are defined.
#pragma once

#include "core/campaign.hpp"
#include "core/organisation.hpp"
#include "core/ratio.hpp"
#include "core/tally.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace thidua::rules {

/// The counts of one indicator: of each unit with everything below it, and of the whole.
struct Counted {
    std::vector<Ratio> units;   ///< in the order of Organisation::units
    Ratio total;                ///< the root's, and what no unit code maps
    std::int64_t unmapped = 0;  ///< received dossiers whose unit code maps to no unit
};

/// Units and procedures by their codes. Views: what it is made of must outlive it.
class Catalogue {
  public:
    /// Of several procedures with one code the first counts.
    Catalogue(const Organisation& organisation, std::span<const Procedure> procedures);

    [[nodiscard]] const Organisation& organisation() const { return organisation_; }
    [[nodiscard]] std::span<const Procedure> procedures() const { return procedures_; }

    /// The place of a procedure in `procedures`, or their number if it is not among them.
    [[nodiscard]] std::size_t procedure(std::string_view code) const;
    /// The place of a unit in Organisation::units, or their number if no unit has the code.
    [[nodiscard]] std::size_t unit(std::string_view code) const;

  private:
    const Organisation& organisation_;
    std::span<const Procedure> procedures_;
    std::unordered_map<std::string_view, std::size_t> by_code_;
};

/// A tally whose codes were looked up, which is done once for all indicators.
struct PlacedTally {
    Day day;
    std::int64_t received = 0;
    std::int64_t online = 0;
    std::int64_t owing = 0;
    std::int64_t paid = 0;
    std::size_t unit = 0;       ///< as Catalogue::unit
    std::size_t procedure = 0;  ///< as Catalogue::procedure
};

/// Ascending by unit, then by procedure, so that what is summed up stands together.
[[nodiscard]] std::vector<PlacedTally> place(
    const Catalogue& catalogue, std::span<const Tally> tallies
);

/// What a tally adds to an indicator that counts dossiers.
[[nodiscard]] Ratio dossiers_of(
    const Indicator& indicator, const Catalogue& catalogue, const PlacedTally& placed
);

/// A unit answers for a procedure that is offered online.
struct Offer {
    std::size_t unit = 0;       ///< as Catalogue::unit
    std::size_t procedure = 0;  ///< its place in Catalogue::procedures
};

/// What is offered online on `day`. A code below the root's that no unit has on that day is one of
/// ours that is not mapped; any other is somebody else's.
[[nodiscard]] std::vector<Offer> offers_on(const Catalogue& catalogue, Day day);

/// `own` holds each unit's, then that of no unit; gives each unit's with everything below it, then
/// the whole.
template <class Sum>
std::vector<Sum> add_up(const Organisation& organisation, const std::vector<Sum>& own) {
    const std::size_t units = organisation.units().size();
    std::vector<Sum> sums(units + 1, Sum{});
    for (std::size_t unit = 0; unit < units; ++unit) {
        for (const std::size_t at : organisation.lineage(unit)) {
            sums[at] += own[unit];
        }
        sums[units] += own[unit];
    }
    sums[units] += own[units];
    return sums;
}

/// Counts `indicator` as of `day`. Parents are sums of their parts, and a procedure counts once in
/// a parent however many units share it. A procedure that is not in the catalogue is neither
/// offered online nor fee-bearing.
[[nodiscard]] Counted count(
    const Indicator& indicator,
    const Catalogue& catalogue,
    std::span<const PlacedTally> tallies,
    Day day
);

}  // namespace thidua::rules
