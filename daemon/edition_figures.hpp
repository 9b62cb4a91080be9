// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The figures that an edition is made of, with what they are made of.
#pragma once

#include "daemon/service.hpp"
#include "reports/final_report.hpp"
#include "rules/irregularity.hpp"
#include "rules/procedure_counts.hpp"
#include "rules/standings.hpp"

#include <vector>

namespace thidua::daemon {

struct EditionFigures {
    rules::Standings standings;
    std::vector<rules::ProcedureCounts> procedures;
    std::vector<reports::ReconciledPair> reconciled;
};

/// The same for the council, which is also told of weeks that stand out.
struct CouncilFigures {
    EditionFigures figures;
    rules::WeeksTested weeks;
};

/// As of `as_of`, as known at `known_at`. Errors: Usage if the day is before the campaign; Io.
[[nodiscard]] Result<EditionFigures> edition_figures(
    const Service& service, Day as_of, Instant known_at
);
[[nodiscard]] Result<CouncilFigures> council_figures(
    const Service& service, Day as_of, Instant known_at
);

}  // namespace thidua::daemon
