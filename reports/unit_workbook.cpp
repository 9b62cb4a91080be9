// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/unit_workbook.hpp"

#include "reports/format.hpp"
#include "reports/reconciliation.hpp"
#include "reports/sheets.hpp"
#include "rules/reason_text.hpp"

#include <algorithm>
#include <tuple>

namespace thidua::reports {
namespace {

std::vector<rules::Difference> differences_to_fix(const UnitEditionInput& input) {
    std::vector<rules::Difference> all(input.differences.begin(), input.differences.end());
    std::erase_if(all, [](const rules::Difference& one) {
        return !rules::needs_fixing(one.reason);
    });
    std::ranges::sort(all, {}, [](const rules::Difference& one) {
        return std::tie(one.dossier, one.indicator, one.unit);
    });
    return all;
}

}  // namespace

sheet::Workbook unit_workbook(const Document& document, const UnitEditionInput& input) {
    sheet::Sheet sheet;
    sheet.name = "Hồ sơ cần sửa";
    sheet.widths = {34, 18, 30, 30, 60};
    sheet.rows.push_back(text_row(sheet::Look::Title, document.organisation));
    sheet.rows.push_back(text_row(sheet::Look::Line, document.period));
    sheet.rows.push_back(text_row(
        sheet::Look::Line,
        "Hồ sơ mà các nguồn ghi khác nhau, để đơn vị đối chiếu, sửa; không dùng vào việc khác."
    ));
    sheet.head = sheet.rows.size();
    sheet.kept_columns = 1;
    sheet.rows.push_back(head_row({"Mã hồ sơ", "Mã đơn vị", "Chỉ tiêu", "Nguyên nhân", "Cách xử lý"}
    ));
    const auto differences = differences_to_fix(input);
    for (const rules::Difference& one : differences) {
        sheet::Row row;
        row.cells = {
            text_cell(one.dossier),
            text_cell(one.unit),
            text_cell(name_of_indicator(input.digest.campaign, one.indicator)),
            text_cell(capitalise(std::string(rules::vietnamese(one.reason)))),
            text_cell(rules::remedy(one.reason))};
        sheet.rows.push_back(std::move(row));
    }
    if (differences.empty()) {
        sheet.rows.push_back(text_row(sheet::Look::Line, "Không có hồ sơ nào cần sửa."));
    } else {
        sheet.has_filter = true;
    }
    sheet::Workbook workbook;
    workbook.title = document.title + " – " + document.period;
    workbook.organisation = document.organisation;
    workbook.made_at = document.known_at;
    workbook.sheets = {std::move(sheet)};
    return workbook;
}

}  // namespace thidua::reports
