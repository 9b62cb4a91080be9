// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/digest_facts.hpp"
#include "reports/figure_status.hpp"
#include "reports/format.hpp"
#include "reports/sheets.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports {
namespace {

using sheet::cell_name;

enum Column : std::size_t {
    NameAt,
    NumeratorAt,
    DenominatorAt,
    RatioAt,
    GoalAt,
    VerdictAt,
    GapAt,
    BeforeNumeratorAt,
    BeforeDenominatorAt,
    ChangeAt,
    FitnessAt,
    FigureAt,
};

const std::vector<std::string> titles{
    "Chỉ tiêu",
    "Tử số",
    "Mẫu số",
    "Tỷ lệ",
    "Mục tiêu",
    "Kết luận",
    "Cần chuyển thêm",
    "Tuần trước: tử số",
    "Tuần trước: mẫu số",
    "Thay đổi (điểm phần trăm)",
    "Tình trạng",
    "Mã tra cứu"};

/// The same cell as on the sheet of units, with the same value; "thiếu số liệu" without counts.
sheet::Cell linked_ratio(const Percent& percent, const UnitsSheet& units) {
    const auto place = units.ratios.find(percent.figure);
    if (place == units.ratios.end() || !percent.counts) {
        return sheet::Text{format_value(percent)};
    }
    if (percent.counts->denominator == 0) {
        return sheet::Formula{place->second, format_value(percent)};
    }
    return sheet::Formula{place->second, sheet::Percentage{*percent.counts, percent.target}};
}

sheet::Cell change_cell(const std::optional<Change>& change, std::size_t row) {
    if (!change) {
        return sheet::Blank{};
    }
    if (!is_comparable(*change)) {
        return sheet::Text{format_change(*change)};
    }
    return sheet::Formula{
        fmt::format(
            "100*({}/{}-{}/{})",
            cell_name(row, NumeratorAt),
            cell_name(row, DenominatorAt),
            cell_name(row, BeforeNumeratorAt),
            cell_name(row, BeforeDenominatorAt)
        ),
        sheet::Points{*change->now, *change->before}};
}

sheet::Cell count_of(const std::optional<Ratio>& counts, std::int64_t Ratio::*part) {
    if (!counts) {
        return count_cell(std::nullopt);
    }
    return count_cell((*counts).*part);
}

sheet::Row key_row(
    const DigestInput& input, const Indicator& indicator, const UnitsSheet& units, std::size_t row
) {
    const rules::UnitStanding& total = input.standings.total;
    const Percent value = percent_of(total, indicator);
    const auto change = change_of(input, total, indicator);
    const Change none;
    const std::optional<Ratio>& before = change ? change->before : none.before;
    sheet::Row cells;
    cells.cells = {
        text_cell(indicator.name),
        count_of(value.counts, &Ratio::numerator),
        count_of(value.counts, &Ratio::denominator),
        linked_ratio(value, units),
        value.target ? sheet::Cell(sheet::Goal{value.target->op, value.target->value})
                     : sheet::Cell(sheet::Text{"không giao"}),
        text_cell(format_verdict(value)),
        count_cell(gap_of(total, indicator).convert),
        count_of(before, &Ratio::numerator),
        count_of(before, &Ratio::denominator),
        change_cell(change, row),
        text_cell(format_fitness(value.fitness)),
        text_cell(value.figure),
    };
    return cells;
}

/// What the edition says before its first figure.
void add_words(sheet::Sheet& sheet, const Document& document) {
    const std::string title = document.title + " – " + document.organisation;
    sheet.rows.push_back(text_row(sheet::Look::Title, title));
    sheet.rows.push_back(text_row(sheet::Look::Line, document.period));
    for (const Block& block : document.blocks) {
        if (const auto* notice = std::get_if<Notice>(&block)) {
            const bool is_calm = notice->level == Notice::Level::Calm;
            sheet.rows.push_back(text_row(
                is_calm ? sheet::Look::Line : sheet::Look::Alarm,
                notice->label + ": " + notice->text
            ));
        } else if (const auto* headline = std::get_if<Headline>(&block)) {
            sheet.rows.push_back(text_row(sheet::Look::Line, headline->text));
        }
    }
}

void add_ranking(sheet::Sheet& sheet, const DigestInput& input, const UnitsSheet& units) {
    const auto& indicators = input.campaign.indicators;
    std::vector<std::string> heads{"Đơn vị", "Hạng", "Số chỉ tiêu đạt"};
    for (const Indicator& indicator : indicators) {
        heads.emplace_back(short_name(indicator));
    }
    sheet.rows.push_back(text_row(sheet::Look::Band, "Xếp hạng đơn vị"));
    sheet.rows.push_back(head_row(heads));
    for (const rules::UnitStanding* unit : ranked_units(input)) {
        sheet::Row row;
        const auto met =
            std::ranges::count(unit->figures, rules::Verdict::Met, [](const auto& one) {
                return one.verdict.value_or(rules::Verdict::Unknown);
            });
        row.cells = {
            text_cell(unit->name),
            unit->rank ? sheet::Cell(sheet::Count{*unit->rank}) : sheet::Cell(sheet::Blank{}),
            sheet::Count{met}};
        for (const Indicator& indicator : indicators) {
            row.cells.push_back(linked_ratio(percent_of(*unit, indicator), units));
        }
        sheet.rows.push_back(std::move(row));
    }
    sheet.rows.push_back(text_row(sheet::Look::Line, ranking_rule));
}

/// Lowest first, and only those with a ratio: where there is none there is no bar.
std::vector<const rules::UnitStanding*> charted(
    const DigestInput& input, const Indicator& indicator
) {
    std::vector<const rules::UnitStanding*> units = ranked_units(input);
    const auto counts_of = [&](const rules::UnitStanding* unit) {
        return percent_of(*unit, indicator).counts;
    };
    std::erase_if(units, [&](const rules::UnitStanding* unit) {
        const auto counts = counts_of(unit);
        return !counts || counts->denominator == 0;
    });
    std::ranges::stable_sort(units, [&](const auto* left, const auto* right) {
        return compare(*counts_of(left), *counts_of(right)) < 0;
    });
    constexpr std::size_t most = 30;  // more bars than that nobody reads
    units.resize(std::min(units.size(), most));
    return units;
}

constexpr std::size_t chart_column = 4;

sheet::Chart chart_of(
    const Indicator& indicator,
    const std::vector<const rules::UnitStanding*>& units,
    std::size_t first
) {
    const std::size_t last = first + units.size() - 1;
    sheet::Chart chart;
    chart.title = indicator.name;
    chart.names = {0, first, last};
    chart.values = {1, first, last};
    chart.row = first;
    chart.column = chart_column;
    chart.rows = std::max<std::size_t>(12, units.size() + 6);
    const auto target = percent_of(*units.front(), indicator).target;
    const auto has_target = [&](const auto* unit) {
        return percent_of(*unit, indicator).target.has_value();
    };
    if (target && std::ranges::all_of(units, has_target)) {
        chart.goals = sheet::Stretch{2, first, last};
        chart.title += " (nét đỏ: mục tiêu)";
        chart.is_one_goal = std::ranges::all_of(units, [&](const auto* unit) {
            return percent_of(*unit, indicator).target->value == target->value;
        });
    }
    return chart;
}

}  // namespace

sheet::Sheet summary_sheet(
    const Document& document, const BookInput& input, const UnitsSheet& units
) {
    sheet::Sheet sheet;
    sheet.name = "Tổng hợp";
    sheet.widths = {50, 12, 12, 14, 14, 15, 12, 13, 13, 14, 15, 15};
    const std::size_t columns = input.figures.campaign.indicators.size() + 3;
    sheet.widths.resize(std::max(sheet.widths.size(), columns), 15);
    add_words(sheet, document);
    sheet.head = sheet.rows.size();
    sheet.kept_columns = 1;
    sheet.rows.push_back(head_row(titles));
    const std::size_t first = sheet.rows.size();
    for (const Indicator& indicator : input.figures.campaign.indicators) {
        sheet.rows.push_back(key_row(input.figures, indicator, units, sheet.rows.size()));
    }
    sheet.verdicts.push_back({{VerdictAt, first, sheet.rows.size() - 1}, FitnessAt});
    sheet.bars.push_back({RatioAt, first, sheet.rows.size() - 1});
    sheet.rows.emplace_back();
    add_ranking(sheet, input.figures, units);
    return sheet;
}

sheet::Sheet charts_sheet(const BookInput& input, const UnitsSheet& units) {
    const DigestInput& figures = input.figures;
    sheet::Sheet sheet;
    sheet.name = "Biểu đồ";
    sheet.widths = {46, 13, 13, 3, 16, 16, 16, 16, 16, 16, 16};
    sheet.rows.push_back(head_row({"Đơn vị (thấp nhất trước)", "Tỷ lệ", "Mục tiêu"}));
    for (const Indicator& indicator : figures.campaign.indicators) {
        const auto charted_units = charted(figures, indicator);
        sheet.rows.push_back(text_row(sheet::Look::Band, indicator.name));
        if (charted_units.empty()) {
            sheet.rows.push_back(text_row(sheet::Look::Line, "Không có tỷ lệ nào để vẽ."));
            continue;
        }
        const std::size_t first = sheet.rows.size();
        for (const rules::UnitStanding* unit : charted_units) {
            const Percent value = percent_of(*unit, indicator);
            sheet::Row row;
            row.cells = {
                text_cell(unit->name),
                linked_ratio(value, units),
                value.target ? sheet::Cell(sheet::Goal{value.target->op, value.target->value})
                             : sheet::Cell(sheet::Blank{})};
            sheet.rows.push_back(std::move(row));
        }
        sheet.charts.push_back(chart_of(indicator, charted_units, first));
        sheet.rows.resize(std::max(sheet.rows.size(), first + sheet.charts.back().rows + 1));
    }
    return sheet;
}

}  // namespace thidua::reports
