// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/service.hpp"
#include "rules/standings.hpp"

#include <vector>

namespace thidua::daemon {

/// What the store is to count for an indicator, day by day.
[[nodiscard]] TallyQuery query_for(
    const Indicator& indicator, const Campaign& campaign, Day as_of, Instant known_at
);

/// What the figures of a day are counted by.
struct Grounds {
    Day day;  ///< never past the campaign's end
    Organisation organisation;
    std::vector<Procedure> procedures;
    std::vector<SourceStatus> sources;
};

/// Errors: Usage if the day is before the campaign; Io.
[[nodiscard]] Result<Grounds> grounds_of(
    SharedStore& store, const config::Settings& settings, Day as_of, Instant known_at
);

/// The standings as of `as_of` (never past the campaign's end), as known at `known_at`: counted by
/// the store, judged by the rules. Errors: Usage if the day is before the campaign; Io.
[[nodiscard]] Result<rules::Standings> standings_of(
    SharedStore& store, const config::Settings& settings, Day as_of, Instant known_at
);

}  // namespace thidua::daemon
