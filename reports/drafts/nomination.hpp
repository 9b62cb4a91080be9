// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Drafts of the papers of a nomination. Figures and recorded decisions are filled in; what somebody
// achieved is left for people to write: no sentence of it is made up here.
#pragma once

#include "core/evidence.hpp"
#include "core/officer.hpp"
#include "core/texts.hpp"
#include "reports/docx/form.hpp"
#include "reports/official_document.hpp"
#include "rules/eligibility.hpp"
#include "rules/standings.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace thidua::reports::drafts {

enum class NominationPaper {
    Submission,   ///< tờ trình
    Minutes,      ///< biên bản họp bình xét
    Achievement,  ///< báo cáo thành tích, Mẫu số 08
    Summary,      ///< biểu tóm tắt
};

/// By the id of a NominationPart: "to-trinh", "bien-ban", "bao-cao-thanh-tich", "bieu-tom-tat".
/// Nothing if it is a paper of another kind, for which there is no draft.
[[nodiscard]] std::optional<NominationPaper> nomination_paper(std::string_view part);

struct NominationInput {
    const Texts& texts;
    const Campaign& campaign;
    const rules::Standings& standings;
    const rules::Eligibility& eligibility;
    const rules::UnitStanding& unit;          ///< the candidate, or where the officer serves
    const Officer* officer = nullptr;         ///< of an individual
    std::span<const Evidence> evidence = {};  ///< of the candidate
    /// minutes_line() of the report on the awards that has the unit's figures; empty: none has.
    std::string report = {};
};

[[nodiscard]] official::Paper nomination(NominationPaper paper, const NominationInput& input);

/// The same for an agency's own form, whichever of the papers it is: the candidate, the award, the
/// unit's figures, lists `tieu_chuan`, `minh_chung` and `ho_so`.
[[nodiscard]] docx::FormValues nomination_values(const NominationInput& input);

}  // namespace thidua::reports::drafts
