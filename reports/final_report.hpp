// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The report on the awards (báo cáo kết quả), from its first rehearsal to its last amendment: what
// the council decides on.
#pragma once

#include "core/campaign.hpp"
#include "core/time.hpp"
#include "reports/digest.hpp"
#include "reports/document.hpp"
#include "reports/reconciliation.hpp"
#include "rules/eligibility.hpp"
#include "rules/freeze.hpp"
#include "rules/irregularity.hpp"
#include "rules/published.hpp"
#include "rules/sensitivity.hpp"
#include "rules/standings.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::reports {

/// Why a final report was amended, and who approved it.
struct AmendmentNote {
    int number = 0;  ///< from 1
    std::string reason;
    std::string approved_by;
    std::string document;  ///< number of the approving document; may be empty
};

struct FinalReportInput {
    const Campaign& campaign;
    rules::Stage stage = rules::Stage::Rehearsal;
    const rules::Standings& standings;
    std::span<const rules::Eligibility> eligibility;
    const rules::OpenPoints& open;
    std::span<const rules::TwoReadings> readings = {};  ///< whose verdict depends on the reading
    std::span<const ReconciledPair> reconciled = {};
    rules::WeeksTested weeks = {};
    /// What differs from the edition before; nothing: there is none to compare with.
    std::optional<rules::Changes> changes = {};
    std::string before = {};  ///< id of that edition
    std::optional<AmendmentNote> amendment = {};
    std::string edition = {};  ///< id of this edition; empty: it is not for minutes
    bool is_late = false;      ///< made after its hour: "lập muộn"
    Instant made_at{};
    std::vector<std::string> recipients = {};
    std::string config_hash = {};
    std::optional<AuditSeal> seal = {};
};

/// Its stage and status first, then who is eligible as far as figures and decisions say, ranking,
/// what changed, weeks to look into, the ambiguity register, sources, definitions.
[[nodiscard]] Document final_report(const FinalReportInput& input);

/// The same with the line for the minutes, as it is mailed: `manifest_sha256` is that of the
/// manifest that holds the hash of final_report(). The same if it is not for minutes.
[[nodiscard]] Document with_minutes_line(
    Document report, const FinalReportInput& input, std::string_view manifest_sha256
);

/// "DIỄN TẬP", "TẠM THỜI", "CHÍNH THỨC, CHƯA CHỐT", "ĐÃ CHỐT", "SỬA ĐỔI LẦN 1": what it may be used
/// for, as its subject and its first line say.
[[nodiscard]] std::string stage_label(const FinalReportInput& input);

}  // namespace thidua::reports
