// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Where the plan's words can be read in two ways: whose verdict depends on the reading.
#pragma once

#include "core/campaign.hpp"
#include "rules/standings.hpp"

#include <optional>
#include <string>
#include <vector>

namespace thidua::rules {

/// The indicator as the other lawful reading has it: services-online over what is published or
/// over what is active; payments-online through dvcqg alone or also through the province's
/// gateway. Nothing if it has no second one.
[[nodiscard]] std::optional<Indicator> other_reading(const Indicator& indicator);

/// How configuration says it: "denominator: active", "gateways: [dvcqg, province]".
[[nodiscard]] std::string reading_text(const Indicator& indicator);

/// `campaign` with only those indicators that have another reading, each as that one has it.
[[nodiscard]] Campaign with_other_readings(Campaign campaign);

/// A unit that has another verdict by the other reading. Views into the standings.
struct Flip {
    const UnitStanding* unit = nullptr;  ///< of those in force
    bool is_whole = false;               ///< it is Standings::total
    const Figure* in_force = nullptr;
    const Figure* other = nullptr;
};

/// The units, then the whole, whose verdict on the indicator is not the same in both. `other` is
/// measured for with_other_readings(). A figure without a target has no verdict to change.
[[nodiscard]] std::vector<Flip> flips_of(
    const std::string& indicator, const Standings& in_force, const Standings& other
);

/// An indicator as it is in force and as the other reading has it, and whom that concerns.
struct TwoReadings {
    Indicator in_force;
    Indicator other;
    std::vector<Flip> flips;
};

/// Every indicator of the campaign that has another reading. Views into both standings.
[[nodiscard]] std::vector<TwoReadings> compare_readings(
    const Campaign& campaign, const Standings& in_force, const Standings& other
);

}  // namespace thidua::rules
