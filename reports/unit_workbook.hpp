// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What goes with a unit's edition where the agency wants it: which of its dossiers are to be fixed.
#pragma once

#include "reports/unit_edition.hpp"
#include "reports/workbook.hpp"

namespace thidua::reports {

/// Hồ sơ cần sửa: a row for each dossier and indicator that the sources tell differently of, with
/// reason and remedy; by code. `document` is the unit's edition.
[[nodiscard]] sheet::Workbook unit_workbook(
    const Document& document, const UnitEditionInput& input
);

}  // namespace thidua::reports
