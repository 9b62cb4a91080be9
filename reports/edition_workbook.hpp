// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// An edition as a workbook, with everything that its other documents leave out for want of room.
#pragma once

#include "reports/sheets.hpp"
#include "reports/workbook.hpp"

namespace thidua::reports {

/// Of a weekly digest; `document` is the same edition's.
[[nodiscard]] sheet::Workbook digest_workbook(const Document& document, const BookInput& input);

/// Of a report on the awards; `document` is the same edition's.
[[nodiscard]] sheet::Workbook final_report_workbook(
    const Document& document,
    const FinalReportInput& input,
    std::span<const rules::ProcedureCounts> procedures
);

}  // namespace thidua::reports
