// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Reconciliation: which sources are compared, up to when, and what came of it.
#pragma once

#include "daemon/grounds.hpp"
#include "rules/reconcile.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// Two sources, and what came of comparing them.
struct PairReport {
    enum class State {
        Compared,
        Never,     ///< one of them never gave a complete answer
        Stale,     ///< one of them is older than its limit
        TooEarly,  ///< they have not both been on record for as long as they have to settle
        Purged,    ///< single dossiers were taken away (thidua purge)
    };
    State state = State::Never;
    std::optional<Instant> settled_at;    ///< Compared: what was recorded by then is judged
    std::vector<std::string> indicators;  ///< ids of those that can be compared by the pair
    rules::PairResult result;             ///< empty unless they were compared
};

/// "compared", "never", "stale", "too-early", "purged"
[[nodiscard]] std::string_view word_of(PairReport::State state);

/// Every pair of the campaign, as known at `known_at`. Errors: Io.
[[nodiscard]] Result<std::vector<PairReport>> reconcile_pairs(
    SharedStore& store, const config::Settings& settings, const Grounds& grounds, Instant known_at
);

/// What comparing all of them makes of the figures.
[[nodiscard]] std::vector<rules::ReconciledFigure> reconciled_figures(
    std::span<const PairReport> pairs, Share tolerance
);

}  // namespace thidua::daemon
