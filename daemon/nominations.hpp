// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Nominations that there are or may be: who, for which award, by which deadline, with which papers.
#pragma once

#include "daemon/service.hpp"
#include "rules/eligibility.hpp"
#include "rules/nomination.hpp"
#include "rules/standings.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace thidua::daemon {

/// A candidate, an award and a deadline; views of the Nominations that it is of.
struct ListedNomination {
    const rules::Eligibility* of = nullptr;
    const Deadline* deadline = nullptr;
    rules::NominationState state;
};

/// All of them on a day, as known at an instant. Not moved: the list has views of the rest.
struct Nominations {
    rules::Standings standings;
    std::vector<rules::Eligibility> evaluated;
    std::vector<ListedNomination> listed;

    /// `settings` must outlive it. Errors: Io.
    [[nodiscard]] static Result<std::unique_ptr<Nominations>> load(
        SharedStore& store, const config::Settings& settings, Day day, Instant known_at
    );
};

/// Of what somebody has to be reminded on `day`. Whom an award is out of reach of, nobody reminds.
[[nodiscard]] std::vector<rules::Reminder> reminders_for(
    std::span<const ListedNomination> all, const config::Settings& settings, Day day
);

}  // namespace thidua::daemon
