// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reports/document.hpp"
#include "reports/final_report.hpp"

namespace thidua::reports {

/// Phụ lục: every candidate and award, condition by condition, with the plan's clause and what it
/// rests on: a figure's id and counts, a recorded decision, or the body that has yet to decide.
[[nodiscard]] Document final_report_annex(const FinalReportInput& input);

}  // namespace thidua::reports
