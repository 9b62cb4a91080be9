// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The draft of the report on the review of procedures (báo cáo rà soát TTHC, nội dung 2).
#pragma once

#include "core/campaign.hpp"
#include "core/texts.hpp"
#include "core/time.hpp"
#include "reports/docx/form.hpp"
#include "reports/official_document.hpp"
#include "rules/review.hpp"

#include <functional>
#include <map>
#include <span>
#include <string>

namespace thidua::reports::drafts {

struct ReviewReportInput {
    const Texts& texts;
    const Campaign& campaign;
    std::span<const rules::ReviewRow> rows;  ///< fee-bearing ones first
    rules::ReviewCounts counts;
    std::map<std::string, std::string, std::less<>> unit_names;  ///< by code
    Day day;
    Instant known_at;
};

/// How many procedures were reviewed and what is proposed, and each of them in an annex.
[[nodiscard]] official::Paper procedure_review(const ReviewReportInput& input);

/// The same for an agency's own form: counts, list `thu_tuc`.
[[nodiscard]] docx::FormValues procedure_review_values(const ReviewReportInput& input);

}  // namespace thidua::reports::drafts
