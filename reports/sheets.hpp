// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The sheets of an edition's workbook.
#pragma once

#include "reports/digest.hpp"
#include "reports/document.hpp"
#include "reports/final_report.hpp"
#include "reports/workbook.hpp"
#include "rules/procedure_counts.hpp"

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thidua::reports {

/// What the workbook of any edition is made of.
struct BookInput {
    DigestInput figures;
    std::span<const rules::ProcedureCounts> procedures;
};

inline constexpr const char* units_sheet_name = "Đơn vị";

/// The sheet of units, and where each figure's ratio is, for formulas on other sheets.
struct UnitsSheet {
    sheet::Sheet sheet;
    std::map<std::string, std::string, std::less<>> ratios;  ///< by figure id: "'Đơn vị'!G7"
};

/// Đơn vị: a row per indicator and unit; ratio and verdict are formulas, and so are the totals
/// wherever the whole is the sum of its parts.
[[nodiscard]] UnitsSheet units_sheet(const BookInput& input);

/// Tổng hợp: what the edition says first, key figures, ranking.
[[nodiscard]] sheet::Sheet summary_sheet(
    const Document& document, const BookInput& input, const UnitsSheet& units
);

/// Biểu đồ: the ranked units of each indicator, lowest first, as native charts.
[[nodiscard]] sheet::Sheet charts_sheet(const BookInput& input, const UnitsSheet& units);

/// Diễn biến: each indicator week by week as published, with a line; no
/// chart if no two weeks are known.
[[nodiscard]] sheet::Sheet trends_sheet(const DigestInput& input);

/// Thủ tục: received, online, owing and paid by unit and procedure.
[[nodiscard]] sheet::Sheet procedures_sheet(const BookInput& input);

/// Đối soát: pairs of sources with counts by reason; no dossier is named.
[[nodiscard]] sheet::Sheet reconciliation_sheet(const BookInput& input);

/// Điều chỉnh: figures of the week before that are others now than they were published, and why.
[[nodiscard]] sheet::Sheet restatements_sheet(const DigestInput& input);

/// Định nghĩa: indicators, targets with their decisions, readings in force, rules of this workbook.
[[nodiscard]] sheet::Sheet definitions_sheet(const BookInput& input);

/// Nguồn gốc: every figure with its counts, its sources and the command that explains it.
[[nodiscard]] sheet::Sheet provenance_sheet(const BookInput& input);

/// Điều kiện: every candidate and award, condition by condition, with what each rests on.
[[nodiscard]] sheet::Sheet conditions_sheet(const FinalReportInput& input);

/// Dấu hiệu: every test of every unit's weeks, and what stands out.
[[nodiscard]] sheet::Sheet weeks_sheet(const FinalReportInput& input);

/// Minh chứng: what was filed for them, and what was decided on it.
[[nodiscard]] sheet::Sheet evidence_sheet(const FinalReportInput& input);

// What they share.

/// N over D: a formula, or "thiếu số liệu" where there are no counts.
[[nodiscard]] sheet::Cell ratio_cell(
    const Percent& percent, const std::string& numerator, const std::string& denominator
);

/// A count; nothing where there is none.
[[nodiscard]] sheet::Cell count_cell(const std::optional<std::int64_t>& count);

[[nodiscard]] sheet::Cell text_cell(std::string_view text);

/// A row of column titles.
[[nodiscard]] sheet::Row head_row(const std::vector<std::string>& titles);

/// A row with one text over the whole width.
[[nodiscard]] sheet::Row text_row(sheet::Look look, std::string_view text);

}  // namespace thidua::reports
