// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/digest_facts.hpp"
#include "reports/format.hpp"
#include "reports/sheets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace thidua::reports {
namespace {

using sheet::cell_name;

enum Column : std::size_t {
    RankAt,
    LevelAt,
    CodeAt,
    NameAt,
    NumeratorAt,
    DenominatorAt,
    RatioAt,
    GoalAt,
    VerdictAt,
    ConvertAt,
    NewAt,
    FitnessAt,
    FigureAt,
};

const std::vector<std::string> titles{
    "Hạng",
    "Cấp",
    "Mã đơn vị",
    "Đơn vị",
    "Tử số",
    "Mẫu số",
    "Tỷ lệ",
    "Mục tiêu",
    "Kết luận",
    "Cần chuyển thêm",
    "hoặc cần mới",
    "Tình trạng",
    "Mã tra cứu"};

/// The row of a unit; where it stands in the tree is its level, by which the total is summed.
struct Line {
    std::string code;
    std::string name;
    int level = 0;
    std::optional<int> rank;
    Percent value;
    Gap gap;
};

/// Exact in Excel too: products of whole numbers.
sheet::Cell verdict_cell(const Percent& percent, std::size_t row) {
    if (!percent.counts) {
        return sheet::Text{format_value(percent)};
    }
    if (!percent.target) {
        return sheet::Blank{};
    }
    const Share& share = percent.target->value;
    sheet::Formula formula;
    formula.formula = fmt::format(
        "IF({1}=0,\"không phát sinh\",IF({0}*{2}{3}{1}*{4},\"đạt\",\"chưa đạt\"))",
        cell_name(row, NumeratorAt),
        cell_name(row, DenominatorAt),
        share.whole,
        to_text(percent.target->op),
        share.part
    );
    const rules::Verdict verdict = rules::assess(percent.counts, *percent.target);
    formula.value = std::string(
        verdict == rules::Verdict::Met          ? "đạt"
        : verdict == rules::Verdict::NoActivity ? "không phát sinh"
                                                : "chưa đạt"
    );
    return formula;
}

sheet::Row row_of(const Line& line, std::size_t row) {
    const auto& counts = line.value.counts;
    sheet::Row cells;
    cells.cells = {
        count_cell(line.rank),
        sheet::Count{line.level},
        text_cell(line.code),
        sheet::Text{line.name, line.level},
        count_cell(counts ? std::optional(counts->numerator) : std::nullopt),
        count_cell(counts ? std::optional(counts->denominator) : std::nullopt),
        ratio_cell(line.value, cell_name(row, NumeratorAt), cell_name(row, DenominatorAt)),
        line.value.target
            ? sheet::Cell(sheet::Goal{line.value.target->op, line.value.target->value})
            : sheet::Cell(sheet::Blank{}),
        verdict_cell(line.value, row),
        count_cell(line.gap.convert),
        count_cell(line.gap.new_all_online),
        text_cell(format_fitness(line.value.fitness)),
        text_cell(line.value.figure),
    };
    return cells;
}

/// What is in the whole and in no unit directly below the root: its own, and what no code maps.
/// Nothing where the whole is not the sum of its parts.
struct Rests {
    Ratio own;
    Ratio unmapped;
};

Ratio minus(const Ratio& left, const Ratio& right) {
    return {left.numerator - right.numerator, left.denominator - right.denominator};
}

bool is_count(const Ratio& ratio) {
    return ratio.numerator >= 0 && ratio.denominator >= ratio.numerator;
}

std::optional<Rests> rests_of(const rules::Standings& standings, const Indicator& indicator) {
    // A procedure that several units share counts once in the whole.
    if (indicator.kind == IndicatorKind::ServicesOnline || standings.units.empty()) {
        return std::nullopt;
    }
    const auto root = percent_of(standings.units.front(), indicator).counts;
    const auto whole = percent_of(standings.total, indicator).counts;
    if (!root || !whole) {
        return std::nullopt;
    }
    Ratio below;
    for (const rules::UnitStanding& unit : standings.units) {
        const auto counts = percent_of(unit, indicator).counts;
        if (unit.depth == 1 && !counts) {
            return std::nullopt;
        }
        below += unit.depth == 1 ? *counts : Ratio{};
    }
    const Rests rests{minus(*root, below), minus(*whole, *root)};
    return is_count(rests.own) && is_count(rests.unmapped) ? std::optional(rests) : std::nullopt;
}

/// A row that only makes the sum whole: it is no figure of anybody.
Line rest_line(const std::string& name, const Ratio& counts) {
    Line line;
    line.name = name;
    line.level = 1;
    line.value.counts = counts;
    return line;
}

std::vector<Line> lines_of(const DigestInput& input, const Indicator& indicator) {
    std::vector<Line> lines;
    for (const rules::UnitStanding& unit : input.standings.units) {
        const rules::Figure* figure = find_figure(unit, indicator);
        lines.push_back(
            {unit.code,
             unit.name,
             unit.depth,
             figure == nullptr ? std::nullopt : figure->rank,
             percent_of(unit, indicator),
             gap_of(unit, indicator)}
        );
    }
    return lines;
}

class Builder {
  public:
    explicit Builder(const DigestInput& input) : input_(input) {
        sheet::Sheet& sheet = built_.sheet;
        sheet.name = units_sheet_name;
        sheet.widths = {7, 6, 13, 50, 11, 11, 15, 13, 16, 12, 12, 15, 15};
        sheet.rows.push_back(text_row(
            sheet::Look::Title,
            fmt::format("Từng đơn vị, đến hết ngày {}", format_day(input.standings.as_of))
        ));
        sheet.rows.push_back(text_row(
            sheet::Look::Line,
            "Tỷ lệ và kết luận là công thức trên tử số và mẫu số. Số của một đơn vị gồm cả các "
            "đơn vị trực thuộc, nên tổng chỉ cộng các dòng cấp 1. Tỷ lệ dịch vụ công không cộng "
            "dồn: dịch vụ dùng chung chỉ tính một lần."
        ));
        sheet.head = sheet.rows.size();
        sheet.kept_columns = NameAt + 1;
        sheet.rows.push_back(head_row(titles));
    }

    void add(const Indicator& indicator) {
        sheet::Sheet& sheet = built_.sheet;
        sheet.rows.push_back(text_row(sheet::Look::Band, indicator.name));
        const std::size_t first = sheet.rows.size();
        for (const Line& line : lines_of(input_, indicator)) {
            add_line(line);
        }
        const auto rests = rests_of(input_.standings, indicator);
        if (rests) {
            add_rests(*rests);
        }
        add_total(indicator, first, rests.has_value());
        const std::size_t last = sheet.rows.size() - 1;
        sheet.verdicts.push_back({{VerdictAt, first, last}, FitnessAt});
        sheet.bars.push_back({RatioAt, first, last});
    }

    [[nodiscard]] UnitsSheet take() { return std::move(built_); }

  private:
    void add_line(const Line& line) {
        const std::size_t row = built_.sheet.rows.size();
        built_.sheet.rows.push_back(row_of(line, row));
        note_place(line.value, row);
    }

    void note_place(const Percent& value, std::size_t row) {
        if (!value.figure.empty()) {
            built_.ratios.emplace(value.figure, cell_name(units_sheet_name, row, RatioAt));
        }
    }

    void add_rests(const Rests& rests) {
        const auto add = [&](const std::string& name, const Ratio& counts) {
            if (counts != Ratio{}) {
                Line line = rest_line(name, counts);
                const std::size_t row = built_.sheet.rows.size();
                built_.sheet.rows.push_back(row_of(line, row));
                built_.sheet.rows.back().cells[FitnessAt] = sheet::Blank{};
            }
        };
        add(fmt::format("Trực tiếp tại {}", root_name(input_.standings)), rests.own);
        add("Chưa ánh xạ đơn vị", rests.unmapped);
    }

    void add_total(const Indicator& indicator, std::size_t first, bool is_sum) {
        const rules::UnitStanding& total = input_.standings.total;
        const std::size_t row = built_.sheet.rows.size();
        Line line{
            "", "Toàn cơ quan", 0, {}, percent_of(total, indicator), gap_of(total, indicator)};
        sheet::Row cells = row_of(line, row);
        cells.look = sheet::Look::Total;
        cells.cells[LevelAt] = sheet::Blank{};
        if (is_sum) {
            cells.cells[NumeratorAt] = sum(NumeratorAt, first, line.value.counts->numerator);
            cells.cells[DenominatorAt] = sum(DenominatorAt, first, line.value.counts->denominator);
        }
        built_.sheet.rows.push_back(std::move(cells));
        note_place(line.value, row);
    }

    /// Of the rows of level 1 from `first` to the last one there is.
    [[nodiscard]] sheet::Cell sum(std::size_t column, std::size_t first, std::int64_t value) const {
        const std::size_t last = built_.sheet.rows.size() - 1;
        return sheet::Formula{
            fmt::format(
                "SUMIF({}:{},1,{}:{})",
                cell_name(first, LevelAt),
                cell_name(last, LevelAt),
                cell_name(first, column),
                cell_name(last, column)
            ),
            value};
    }

    const DigestInput& input_;
    UnitsSheet built_;
};

}  // namespace

UnitsSheet units_sheet(const BookInput& input) {
    Builder builder(input.figures);
    for (const Indicator& indicator : input.figures.campaign.indicators) {
        builder.add(indicator);
    }
    return builder.take();
}

}  // namespace thidua::reports
