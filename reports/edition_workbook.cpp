// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/edition_workbook.hpp"

namespace thidua::reports {

sheet::Workbook digest_workbook(const Document& document, const BookInput& input) {
    const UnitsSheet units = units_sheet(input);
    sheet::Workbook workbook;
    workbook.title = document.title + " – " + document.period;
    workbook.organisation = document.organisation;
    workbook.made_at = document.known_at;
    workbook.sheets = {
        summary_sheet(document, input, units),
        charts_sheet(input, units),
        units.sheet,
        procedures_sheet(input),
        reconciliation_sheet(input),
        definitions_sheet(input),
        provenance_sheet(input)};
    return workbook;
}

}  // namespace thidua::reports
