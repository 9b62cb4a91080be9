// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What comparing the sources came to, as a section of a report.
#pragma once

#include "core/campaign.hpp"
#include "reports/document.hpp"
#include "rules/reconcile.hpp"
#include "rules/standings.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::reports {

/// Two sources that are compared, and what came of it.
struct ReconciledPair {
    rules::PairResult result;  ///< empty but for the names unless they were compared
    std::string not_compared;  ///< why not, in Vietnamese; empty: they were
};

/// The indicator's short name; its id if the campaign has none such.
[[nodiscard]] std::string name_of_indicator(const Campaign& campaign, std::string_view id);

/// Each pair with its counts and reasons, and the figures that nobody else tells of; nothing where
/// there is neither.
void add_reconciliation(
    std::vector<Block>& blocks,
    const Campaign& campaign,
    const rules::Standings& standings,
    std::span<const ReconciledPair> reconciled
);

}  // namespace thidua::reports
