// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Dấu hiệu cần kiểm tra: weeks that stand out, as the council reads of them. Nowhere else: neither
// a digest nor a unit's edition tells of them.
#pragma once

#include "reports/document.hpp"
#include "reports/final_report.hpp"
#include "rules/irregularity.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace thidua::reports {

/// So many are listed in the report; the workbook has all.
inline constexpr std::size_t weeks_listed_max = 20;

/// What stands out, what could not be tested, and how it was: nothing of it is a verdict.
void add_weeks_tested(std::vector<Block>& blocks, const FinalReportInput& input);

/// "số hồ sơ từng tuần"
[[nodiscard]] std::string_view name_of_test(rules::WeekTest test);

/// "Tuần 50 (09/12–15/12/2024) có 412 hồ sơ đã tiếp nhận, gấp 4,1 lần trung vị 100 của 12 tuần
/// trước". `tested` is the one that found it.
[[nodiscard]] std::string irregularity_phrase(
    const Campaign& campaign, const rules::FigureTested& tested, const rules::Irregularity& one
);

}  // namespace thidua::reports
