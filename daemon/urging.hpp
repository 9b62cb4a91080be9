// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The urging ledger (sổ đôn đốc): whom to urge now, and what came of it. Nothing is ever sent in
// anybody's name: letters are drafted for people to send, and people say that they did.
#pragma once

#include "config/settings.hpp"
#include "core/urging.hpp"
#include "daemon/options.hpp"
#include "daemon/service.hpp"
#include "reports/urging_ledger.hpp"
#include "rules/standings.hpp"

#include <memory>
#include <string>
#include <vector>

namespace thidua::daemon {

/// What the ledger comes to on a day. It has views of itself: it does not move.
struct UrgingView {
    rules::Standings standings;
    std::vector<reports::ProposedUrging> proposed;  ///< below, not urged lately, not silenced
    std::vector<reports::UrgedUnit> ledger;         ///< by number
};

/// As of today, as known at `now`. Errors: Usage before the campaign; Io.
[[nodiscard]] Result<std::unique_ptr<UrgingView>> view_urging(
    SharedStore& store, const config::Settings& settings, Instant now
);

/// Puts on file that letters were drafted: of each of `units` for every target that it is below in
/// `standings`; through the daemon, if that holds the store. Not of what was known earlier, and not
/// where clock and store do not go together (one of them is virtual): such letters are tried out,
/// not drafted. What keeps it from being recorded is said on stderr; the letters are there all the
/// same.
void record_drafts(
    const Options& options,
    const Service& service,
    const rules::Standings& standings,
    const std::vector<std::string>& units
);

}  // namespace thidua::daemon
