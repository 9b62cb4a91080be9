// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The figures that an edition is made of, with what they are made of.
#pragma once

#include "daemon/service.hpp"
#include "reports/final_report.hpp"
#include "rules/procedure_counts.hpp"
#include "rules/standings.hpp"

#include <vector>

namespace thidua::daemon {

struct EditionFigures {
    rules::Standings standings;
    std::vector<rules::ProcedureCounts> procedures;
    std::vector<reports::ReconciledPair> reconciled;
};

/// As of `as_of`, as known at `known_at`. Errors: Usage if the day is before the campaign; Io.
[[nodiscard]] Result<EditionFigures> edition_figures(
    const Service& service, Day as_of, Instant known_at
);

}  // namespace thidua::daemon
