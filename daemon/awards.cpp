// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/awards.hpp"

#include "core/codes.hpp"
#include "core/text.hpp"
#include "daemon/reviews.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace thidua::daemon {

Result<std::vector<rules::Eligibility>> eligibility_of(
    SharedStore& store,
    const config::Settings& settings,
    const rules::Standings& standings,
    rules::Fitness demanded
) {
    const Instant known_at = standings.known_at;
    const auto decisions = store.call([&](store::Store& file) { return file.decisions(known_at); });
    const auto evidence = store.call([&](store::Store& file) { return file.evidence(known_at); });
    const auto reviews = Reviews::read(store, settings, standings.as_of, known_at);
    if (!decisions || !evidence || !reviews) {
        return std::unexpected(
            !decisions  ? decisions.error()
            : !evidence ? evidence.error()
                        : reviews.error()
        );
    }
    rules::EligibilityInput input{
        settings.campaign, standings, settings.officers, *decisions, demanded, *evidence, {}};
    for (const rules::UnitStanding& unit : standings.units) {
        if (const auto counts = reviews->of(unit.code)) {
            input.reviewed.emplace(unit.code, *counts);
        }
    }
    return rules::find_eligibility(input);
}

Result<NamedCandidate> find_candidate(const config::Settings& settings, std::string_view given) {
    const auto officer = std::ranges::find(settings.officers, given, &Officer::id);
    if (officer != settings.officers.end()) {
        return NamedCandidate{officer->id, officer->name, Subject::Individual};
    }
    const std::string code = canonical_unit_code(given);
    const auto unit = std::ranges::find(settings.units, code, &DatedUnit::code);
    if (unit != settings.units.end()) {
        return NamedCandidate{unit->code, unit->name, Subject::Collective};
    }
    std::vector<std::string> known;
    std::ranges::transform(settings.units, std::back_inserter(known), &DatedUnit::code);
    std::ranges::transform(settings.officers, std::back_inserter(known), &Officer::id);
    const std::string near = nearest(given, known);
    return fail(
        ErrorKind::Usage,
        fmt::format(
            "there is no unit and no officer {}{}; there are {}",
            given,
            near.empty() ? "" : ", did you mean " + near + "?",
            fmt::join(known, ", ")
        )
    );
}

}  // namespace thidua::daemon
