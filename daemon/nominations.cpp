// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/nominations.hpp"

#include "daemon/awards.hpp"
#include "daemon/measure.hpp"

#include <utility>

namespace thidua::daemon {

Result<std::unique_ptr<Nominations>> Nominations::load(
    SharedStore& store, const config::Settings& settings, Day day, Instant known_at
) {
    auto all = std::make_unique<Nominations>();
    auto standings = standings_of(store, settings, day, known_at);
    if (!standings) {
        return std::unexpected(standings.error());
    }
    all->standings = *std::move(standings);
    auto evaluated = eligibility_of(store, settings, all->standings);
    const auto receipts = store.call([&](store::Store& file) { return file.receipts(known_at); });
    if (!evaluated || !receipts) {
        return std::unexpected(evaluated ? receipts.error() : evaluated.error());
    }
    all->evaluated = *std::move(evaluated);
    const Plan& plan = settings.campaign.plan;
    for (const rules::Eligibility& one : all->evaluated) {
        for (const Deadline* deadline : rules::deadlines_for(plan, *one.award)) {
            all->listed.push_back(
                {&one,
                 deadline,
                 rules::check_nomination(
                     {plan, *one.award, *deadline, one.candidate.id, *receipts, day}
                 )}
            );
        }
    }
    return all;
}

std::vector<rules::Reminder> reminders_for(
    std::span<const ListedNomination> all, const config::Settings& settings, Day day
) {
    std::vector<rules::NominationState> states;
    for (const ListedNomination& one : all) {
        if (one.of->finding.value != rules::Value::NotMet) {
            states.push_back(one.state);
        }
    }
    return rules::reminders_due(settings.campaign.plan, settings.calendar, states, day);
}

}  // namespace thidua::daemon
