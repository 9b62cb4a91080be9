// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What every paper of a nomination says of the candidate.
#pragma once

#include "reports/drafts/nomination.hpp"

#include <string>
#include <vector>

namespace thidua::reports::drafts {

[[nodiscard]] bool is_individual(const NominationInput& input);

/// "tập thể Văn phòng Đăng ký đất đai", "ông (bà) Nguyễn Văn Mẫu, Chuyên viên, ..."
[[nodiscard]] std::string candidate_phrase(const NominationInput& input);

/// Of the unit that puts the candidate forward; `kind` is the abbreviation of the paper's, "TTr".
/// Without one the paper has no number.
[[nodiscard]] official::Letterhead unit_letterhead(
    const NominationInput& input, const std::string& kind
);

/// Whoever heads that unit.
[[nodiscard]] official::Signature unit_signature(const NominationInput& input);

/// The figures, and whose they are.
void add_figures(std::vector<official::Block>& blocks, const NominationInput& input);

/// Each condition of the award with what came of it and what that rests on.
[[nodiscard]] official::Table findings_table(const NominationInput& input);

/// What came of the whole: never more than "chờ thẩm định" while a condition is.
[[nodiscard]] std::string whole_phrase(const NominationInput& input);

/// What was counted of the review of procedures, where the award asks for it.
[[nodiscard]] std::string reviewed_phrase(const NominationInput& input);

/// What was filed, with its state; no row if nothing was.
[[nodiscard]] official::Table evidence_table(const NominationInput& input);

}  // namespace thidua::reports::drafts
