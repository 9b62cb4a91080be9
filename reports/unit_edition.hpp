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

/// An earlier week of the unit, as it was published.
struct PastWeek {
    IsoWeek week;
    std::vector<Percent> figures;  ///< in the order of Campaign::indicators

    friend bool operator==(const PastWeek&, const PastWeek&) = default;
};

struct UnitEditionInput {
    /// Whose standings, and those of the week before, are the unit's part (rules/part.hpp).
    DigestInput digest;
    std::span<const rules::FigureActions> actions;  ///< of the unit, as its figures are ordered
    std::span<const Procedure> procedures;          ///< which causes name
    std::span<const rules::Difference> differences = {};  ///< of it and those below it
    std::span<const PastWeek> past = {};                  ///< oldest first
};

[[nodiscard]] Document unit_edition(const UnitEditionInput& input);

}  // namespace thidua::reports
