// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/edition_workbook.hpp"

#include "reports/final_report_grounds.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace thidua::reports {
sheet::Workbook digest_workbook(const Document& document, const BookInput& input) {
    const UnitsSheet units = units_sheet(input);
    sheet::Workbook workbook;
    workbook.title = document.title + " – " + document.period;
    workbook.organisation = document.organisation;
    workbook.made_at = document.known_at;
    workbook.sheets = {summary_sheet(document, input, units), charts_sheet(input, units)};
    if (sheet::Sheet trends = trends_sheet(input.figures); !trends.charts.empty()) {
        workbook.sheets.push_back(std::move(trends));
    }
    workbook.sheets.push_back(units.sheet);
    if (!input.figures.restated.empty()) {
        workbook.sheets.push_back(restatements_sheet(input.figures));
    }
    workbook.sheets.insert(
        workbook.sheets.end(),
        {procedures_sheet(input),
         reconciliation_sheet(input),
         definitions_sheet(input),
         provenance_sheet(input)}
    );
    return workbook;
}

sheet::Workbook final_report_workbook(
    const Document& document,
    const FinalReportInput& input,
    std::span<const rules::ProcedureCounts> procedures
) {
    sheet::Workbook workbook = digest_workbook(document, {as_digest(input), procedures});
    const auto units = std::ranges::find(workbook.sheets, units_sheet_name, &sheet::Sheet::name);
    workbook.sheets.insert(
        std::next(units), {conditions_sheet(input), evidence_sheet(input), weeks_sheet(input)}
    );
    return workbook;
}

}  // namespace thidua::reports
