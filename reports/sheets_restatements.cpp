// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/digest_restatements.hpp"
#include "reports/sheets.hpp"

#include <optional>

namespace thidua::reports {
namespace {

/// Both counts of a figure, or why there are none.
void add_counts(
    sheet::Row& row, const std::optional<rules::PublishedFigure>& figure, const char* otherwise
) {
    for (std::int64_t Ratio::*const part : {&Ratio::numerator, &Ratio::denominator}) {
        row.cells.push_back(
            !figure          ? text_cell(otherwise)
            : figure->counts ? sheet::Cell(sheet::Count{(*figure->counts).*part})
                             : text_cell("thiếu số liệu")
        );
    }
}

}  // namespace

sheet::Sheet restatements_sheet(const DigestInput& input) {
    sheet::Sheet sheet;
    sheet.name = "Điều chỉnh";
    sheet.widths = {44, 24, 13, 13, 13, 13, 70};
    sheet.rows.push_back(head_row(
        {"Đơn vị",
         "Chỉ tiêu",
         "Tử số đã công bố",
         "Mẫu số đã công bố",
         "Tử số nay là",
         "Mẫu số nay là",
         "Nguyên nhân"}
    ));
    for (const rules::Restatement* one : restatements_told(input)) {
        sheet::Row row;
        row.cells = {text_cell(restated_unit(*one)), text_cell(restated_indicator(input, *one))};
        add_counts(row, one->figure.before, not_published);
        add_counts(row, one->figure.now, not_counted_now);
        row.cells.push_back(text_cell(restatement_causes(*one)));
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

}  // namespace thidua::reports
