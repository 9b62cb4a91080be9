// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/bar.hpp"
#include "reports/sheets.hpp"
#include "reports/trend.hpp"

#include <algorithm>

namespace thidua::reports {
namespace {

enum WeekColumn : std::size_t { WeekAt, PartAt, WholeAt, ShareAt, AimAt };

/// A week without a ratio has none: text there would be drawn as 0.
sheet::Row week_row(
    const TrendChart::Point& point, const std::optional<Target>& target, std::size_t row
) {
    const auto& counts = point.value.counts;
    sheet::Row cells;
    cells.cells = {
        text_cell(point.label),
        counts ? sheet::Cell(sheet::Count{counts->numerator}) : sheet::Cell(sheet::Blank{}),
        counts ? sheet::Cell(sheet::Count{counts->denominator}) : sheet::Cell(sheet::Blank{}),
        has_bar(point.value)
            ? ratio_cell(point.value, sheet::cell_name(row, PartAt), sheet::cell_name(row, WholeAt))
            : sheet::Cell(sheet::Blank{}),
        target ? sheet::Cell(sheet::Goal{target->op, target->value}) : sheet::Cell(sheet::Blank{})};
    return cells;
}

sheet::Chart line_of(const TrendChart& trend, std::size_t first) {
    const std::size_t last = first + trend.points.size() - 1;
    sheet::Chart chart;
    chart.kind = sheet::Chart::Kind::Line;
    chart.title = trend.name;
    chart.names = {WeekAt, first, last};
    chart.values = {ShareAt, first, last};
    if (trend.points.back().value.target) {
        chart.goals = sheet::Stretch{AimAt, first, last};
        chart.title += " (nét đỏ: mục tiêu)";
    }
    chart.row = first;
    chart.column = AimAt + 2;
    return chart;
}

}  // namespace

sheet::Sheet trends_sheet(const DigestInput& input) {
    sheet::Sheet sheet;
    sheet.name = "Diễn biến";
    sheet.widths = {16, 13, 13, 13, 13, 3, 16, 16, 16, 16, 16, 16, 16};
    sheet.rows.push_back(head_row({"Tuần", "Tử số", "Mẫu số", "Tỷ lệ", "Mục tiêu"}));
    sheet.rows.push_back(text_row(
        sheet::Look::Line, "Lũy kế toàn cơ quan đến hết mỗi tuần, như bản tin tuần đó đã công bố."
    ));
    for (const TrendChart& trend : trend_charts(input)) {
        sheet.rows.push_back(text_row(sheet::Look::Band, trend.name));
        const std::size_t first = sheet.rows.size();
        for (const TrendChart::Point& point : trend.points) {
            sheet.rows.push_back(
                week_row(point, trend.points.back().value.target, sheet.rows.size())
            );
        }
        sheet.charts.push_back(line_of(trend, first));
        sheet.rows.resize(std::max(sheet.rows.size(), first + sheet.charts.back().rows + 1));
    }
    return sheet;
}

}  // namespace thidua::reports
