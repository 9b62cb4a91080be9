// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The edition of one unit (bản tin đơn vị): what its head reads on Monday. Its own figures, how
// many more of which procedures by when, and what of its data to have fixed; nothing of another
// unit.
#pragma once

#include "core/organisation.hpp"
#include "reports/digest.hpp"
#include "reports/document.hpp"
#include "rules/actions.hpp"
#include "rules/reconcile.hpp"

#include <span>
#include <vector>

namespace thidua::reports {

struct UnitEditionInput {
    /// Whose standings, those of the week before and past weeks are the unit's (rules/part.hpp).
    DigestInput digest;
    std::span<const rules::FigureActions> actions;  ///< of the unit, as its figures are ordered
    std::span<const Procedure> procedures;          ///< which causes name
    std::span<const rules::Difference> differences = {};  ///< of it and those below it
};

[[nodiscard]] Document unit_edition(const UnitEditionInput& input);

}  // namespace thidua::reports
