// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The reports on the awards: rehearsals, the provisional and the final one, amendments; each from
// figures and decisions to an edition in the ledger and in the folder.
#pragma once

#include "core/time.hpp"
#include "daemon/service.hpp"
#include "reports/final_report.hpp"
#include "rules/freeze.hpp"
#include "store/ledger.hpp"

#include <optional>
#include <string>

namespace thidua::daemon {

/// Which report to make.
struct FinalReportOrder {
    rules::Stage stage = rules::Stage::Rehearsal;
    Day as_of;         ///< the last day counted
    Instant known_at;  ///< by what was recorded then, whenever the report is made
    int revision = 1;  ///< of the final report: 1 provisional, 2 final, 3 the first amendment
    std::optional<reports::AmendmentNote> amendment{};
    std::string started_by{};  ///< who asked for it; empty: it fell due
};

/// A rehearsal of `week`: as if the campaign had ended with it.
[[nodiscard]] FinalReportOrder rehearsal_of(const Campaign& campaign, IsoWeek week, Instant now);

/// The provisional or final report, by what was recorded at its due instant.
[[nodiscard]] FinalReportOrder report_at(const Campaign& campaign, rules::Stage stage);

/// Id of the edition: rehearsal/2024-W42/coordinator/1, final/langson-2024/council/2
[[nodiscard]] std::string final_report_id(const Campaign& campaign, const FinalReportOrder& order);

/// The report as it would be published now. Publishes nothing. Errors: Config if none is
/// configured.
[[nodiscard]] Result<store::Edition> render_final_report(
    const Service& service, const FinalReportOrder& order
);

/// Publishes it, once: doing it again changes nothing.
[[nodiscard]] Result<store::Edition> publish_final_report(
    const Service& service,
    const FinalReportOrder& order,
    const std::optional<store::SlotKey>& slot = {}
);

}  // namespace thidua::daemon
