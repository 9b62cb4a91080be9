// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The urging ledger (sổ đôn đốc) as a workbook: whom to urge now, and what moved after each urging.
#pragma once

#include "core/campaign.hpp"
#include "core/urging.hpp"
#include "reports/workbook.hpp"
#include "rules/standings.hpp"
#include "rules/urging.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::reports {

/// A unit below a target that was not urged to it lately.
struct ProposedUrging {
    const rules::UnitStanding* unit = nullptr;
    const Indicator* indicator = nullptr;
    std::optional<Day> last_urged;
    std::vector<std::string> readers;  ///< names of whoever reads of the unit
};

/// An entry of the ledger.
struct UrgedUnit {
    Urging urging;
    std::string name;                           ///< of the unit
    const Indicator* indicator = nullptr;       ///< null: it is not configured any more
    std::optional<rules::UrgingEffect> effect;  ///< nothing: of a draft, or its figure is unknown
};

struct UrgingLedgerInput {
    const Campaign& campaign;
    const rules::Standings& standings;
    std::vector<ProposedUrging> proposed;
    std::vector<UrgedUnit> ledger;
};

[[nodiscard]] sheet::Workbook urging_workbook(const UrgingLedgerInput& input);

/// "nhanh hơn", "như trước", "chậm hơn", "chưa đủ tuần", "thiếu số liệu"; empty for a draft.
[[nodiscard]] std::string movement_phrase(const UrgedUnit& urged);

/// "dự thảo văn bản", "đã đôn đốc"
[[nodiscard]] std::string_view vietnamese(UrgingKind kind);

}  // namespace thidua::reports
