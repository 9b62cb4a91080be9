// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/eligibility.hpp"

#include <algorithm>

namespace thidua::rules {
namespace {

std::vector<Candidate> candidates_of(
    const Standings& standings, std::span<const Officer> officers
) {
    std::vector<Candidate> candidates;
    for (const UnitStanding& unit : standings.units) {
        if (unit.depth == 0 || unit.is_ranked) {
            candidates.push_back({unit.code, unit.name, Subject::Collective, unit.figures});
        }
    }
    for (const Officer& officer : officers) {
        if (holds(officer.days, standings.as_of)) {
            candidates.push_back({officer.id, officer.name, Subject::Individual, {}});
        }
    }
    return candidates;
}

std::optional<ReviewCounts> reviewed_by(const EligibilityInput& input, const Candidate& candidate) {
    const auto place = input.reviewed.find(candidate.id);
    const bool is_unit = candidate.subject == Subject::Collective;
    return is_unit && place != input.reviewed.end() ? std::optional(place->second) : std::nullopt;
}

}  // namespace

std::vector<Eligibility> find_eligibility(const EligibilityInput& input) {
    std::vector<Eligibility> found;
    for (const Candidate& candidate : candidates_of(input.standings, input.officers)) {
        for (const Award& award : input.campaign.plan.awards) {
            const auto rule =
                std::ranges::find(award.rules, candidate.subject, &AwardRule::subject);
            if (rule != award.rules.end()) {
                found.push_back({
                    candidate,
                    &award,
                    evaluate(
                        {input.campaign,
                         award,
                         *rule,
                         candidate,
                         input.decisions,
                         input.demanded,
                         input.evidence,
                         reviewed_by(input, candidate)}
                    ),
                });
            }
        }
    }
    return found;
}

}  // namespace thidua::rules
