// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The draft of a letter that urges a unit (công văn đôn đốc).
#pragma once

#include "core/texts.hpp"
#include "reports/docx/form.hpp"
#include "reports/official_document.hpp"
#include "rules/actions.hpp"
#include "rules/standings.hpp"

#include <cstddef>

namespace thidua::reports::drafts {

struct UrgingInput {
    const Texts& texts;
    const rules::StandingsInput& measured;
    const rules::Standings& standings;  ///< of `measured`
    const rules::Actions& actions;      ///< of both
    std::size_t unit = 0;               ///< place in Standings::units; below a target
};

/// What the unit reached, how far it is from each target that it misses, and which procedures
/// account for that. What it shall do beyond that, and by when, people write.
[[nodiscard]] official::Paper urging(const UrgingInput& input);

/// The same for an agency's own form: the unit's names and figures, list `thu_tuc`.
[[nodiscard]] docx::FormValues urging_values(const UrgingInput& input);

}  // namespace thidua::reports::drafts
