// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Every candidate held against every award that is for them. Pure.
#pragma once

#include "core/campaign.hpp"
#include "core/decision.hpp"
#include "core/officer.hpp"
#include "rules/award.hpp"
#include "rules/standings.hpp"

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace thidua::rules {

/// What came of one candidate and one award. Views: the standings and the campaign that it was made
/// from must outlive it.
struct Eligibility {
    Candidate candidate;
    const Award* award = nullptr;
    Finding finding;
};

struct EligibilityInput {
    const Campaign& campaign;
    const Standings& standings;
    std::span<const Officer> officers;
    std::span<const Decision> decisions;
    Fitness demanded = Fitness::Provisional;  ///< as AwardInput::demanded
    std::span<const Evidence> evidence{};
    std::map<std::string, ReviewCounts, std::less<>> reviewed{};  ///< by the unit's code
};

/// The root and the ranked units, in the order of the standings, then the officers of the day, who
/// are listed and never ranked; each against the awards in the campaign's order.
[[nodiscard]] std::vector<Eligibility> find_eligibility(const EligibilityInput& input);

}  // namespace thidua::rules
