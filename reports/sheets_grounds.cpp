// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the figures are made of and rest on: procedures, comparisons of sources, definitions.
#include "reports/digest_facts.hpp"
#include "reports/digest_tables.hpp"
#include "reports/figure_status.hpp"
#include "reports/final_report_grounds.hpp"
#include "reports/format.hpp"
#include "reports/sheets.hpp"
#include "rules/reason_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports {
namespace {

using sheet::cell_name;

std::string_view level_words(const std::optional<Level>& level) {
    if (!level) {
        return "chưa rõ";
    }
    switch (*level) {
        case Level::Information:
            return "cung cấp thông tin";
        case Level::Partial:
            return "một phần";
        case Level::Full:
            return "toàn trình";
    }
    check(false, "level_words: a known Level");
    return "";
}

enum ProcedureColumn : std::size_t {
    ReceivedAt = 6,
    OnlineAt,
    OnlineRatioAt,
    OwingAt,
    PaidAt,
    PaidRatioAt,
};

Percent plain_percent(const std::optional<Ratio>& counts) {
    Percent percent;
    percent.counts = counts;
    return percent;
}

sheet::Row procedure_row(const rules::ProcedureCounts& one, std::size_t row) {
    const auto& payments = one.payments;
    const auto part = [&](std::int64_t Ratio::*of) {
        return count_cell(payments ? std::optional((*payments).*of) : std::nullopt);
    };
    sheet::Row cells;
    cells.cells = {
        text_cell(one.unit),
        text_cell(one.unit_name.empty() ? "Chưa ánh xạ đơn vị" : one.unit_name),
        text_cell(one.procedure),
        text_cell(one.name.empty() ? "(ngoài danh mục)" : one.name),
        text_cell(level_words(one.level)),
        text_cell(one.is_fee_bearing ? "có" : "không"),
        sheet::Count{one.received},
        sheet::Count{one.online},
        ratio_cell(
            plain_percent(Ratio{one.online, one.received}),
            cell_name(row, OnlineAt),
            cell_name(row, ReceivedAt)
        ),
        part(&Ratio::denominator),
        part(&Ratio::numerator),
        ratio_cell(plain_percent(payments), cell_name(row, PaidAt), cell_name(row, OwingAt))};
    return cells;
}

/// Every row is a unit's own dossiers of a procedure: all of them together are the whole.
sheet::Row procedures_total(std::span<const rules::ProcedureCounts> rows, std::size_t first) {
    Ratio online;
    std::optional<Ratio> payments = Ratio{};
    for (const rules::ProcedureCounts& one : rows) {
        online += {one.online, one.received};
        payments = one.payments && payments
                       ? std::optional(Ratio{
                             payments->numerator + one.payments->numerator,
                             payments->denominator + one.payments->denominator})
                       : std::nullopt;
    }
    const std::size_t last = first + rows.size() - 1;
    const auto sum = [&](std::size_t column, std::int64_t value) -> sheet::Cell {
        return sheet::Formula{
            fmt::format("SUM({}:{})", cell_name(first, column), cell_name(last, column)), value};
    };
    const std::size_t row = last + 1;
    sheet::Row total{.look = sheet::Look::Total, .cells = {}};
    total.cells.resize(PaidRatioAt + 1);
    total.cells[1] = sheet::Text{"Tổng cộng"};
    total.cells[ReceivedAt] = sum(ReceivedAt, online.denominator);
    total.cells[OnlineAt] = sum(OnlineAt, online.numerator);
    total.cells[OnlineRatioAt] =
        ratio_cell(plain_percent(online), cell_name(row, OnlineAt), cell_name(row, ReceivedAt));
    if (payments) {
        total.cells[OwingAt] = sum(OwingAt, payments->denominator);
        total.cells[PaidAt] = sum(PaidAt, payments->numerator);
    }
    total.cells[PaidRatioAt] =
        ratio_cell(plain_percent(payments), cell_name(row, PaidAt), cell_name(row, OwingAt));
    return total;
}

constexpr std::size_t reasons_at = 9;

sheet::Row comparison_row(
    const std::string& unit,
    const std::string& indicator,
    const rules::UnitComparison& one,
    std::size_t row
) {
    sheet::Row cells;
    cells.cells = {
        text_cell(indicator),
        text_cell(unit),
        sheet::Count{one.own.numerator},
        sheet::Count{one.own.denominator},
        sheet::Count{one.witness.numerator},
        sheet::Count{one.witness.denominator},
        sheet::Count{one.compared},
        sheet::Formula{
            fmt::format(
                "SUM({}:{})",
                cell_name(row, reasons_at),
                cell_name(row, reasons_at + rules::reason_count - 1)
            ),
            one.differing},
        sheet::Count{one.waiting}};
    for (const std::int64_t count : one.reasons) {
        cells.cells.emplace_back(sheet::Count{count});
    }
    return cells;
}

std::string unit_name(const rules::Standings& standings, const std::string& code) {
    const auto place = std::ranges::find(standings.units, code, &rules::UnitStanding::code);
    return place == standings.units.end() ? "Toàn cơ quan" : place->name;
}

void add_pair(sheet::Sheet& sheet, const DigestInput& input, const ReconciledPair& pair) {
    std::string names = fmt::format(
        "{} – {}",
        source_title(input.standings, pair.result.own),
        source_title(input.standings, pair.result.witness)
    );
    if (!pair.not_compared.empty()) {
        names += ": chưa đối soát, " + pair.not_compared;
    }
    sheet.rows.push_back(text_row(sheet::Look::Band, names));
    for (const rules::IndicatorComparison& indicator : pair.result.indicators) {
        const std::string name = name_of_indicator(input.campaign, indicator.indicator);
        for (const rules::UnitComparison& unit : indicator.units) {
            const bool is_whole = &unit == &indicator.units.back();
            if (unit.compared == 0 && unit.waiting == 0 && !is_whole) {
                continue;
            }
            sheet.rows.push_back(
                comparison_row(unit_name(input.standings, unit.unit), name, unit, sheet.rows.size())
            );
            sheet.rows.back().look = is_whole ? sheet::Look::Total : sheet::Look::Plain;
        }
    }
}

sheet::Row definition_row(std::string_view kind, std::string_view term, std::string_view text) {
    sheet::Row row;
    row.cells = {text_cell(kind), text_cell(term), {}, {}, {}, text_cell(text)};
    return row;
}

sheet::Row target_row(const DigestInput& input, const Target& target) {
    const auto date = [](const std::optional<Day>& day) {
        return day ? sheet::Cell(sheet::Date{*day}) : sheet::Cell(sheet::Blank{});
    };
    std::string text = target.decision;
    if (!target.units.empty()) {
        text += text.empty() ? "Giao cho" : "; giao cho";
        for (const std::string& code : target.units) {
            text += fmt::format(
                "{} {}",
                &code == &target.units.front() ? "" : ";",
                unit_name(input.standings, code) + " (" + code + ")"
            );
        }
    }
    sheet::Row row;
    row.cells = {
        text_cell("Mục tiêu được giao"),
        text_cell(name_of_indicator(input.campaign, target.indicator)),
        sheet::Goal{target.op, target.value},
        date(target.from),
        date(target.to),
        text_cell(text)};
    return row;
}

void add_readings(sheet::Sheet& sheet, const Campaign& campaign) {
    const DefinitionList readings = ambiguity_register(campaign);
    for (const DefinitionList::Item& item : readings.items) {
        sheet.rows.push_back(definition_row("Cách hiểu đang áp dụng", item.term, item.text));
    }
}

}  // namespace

sheet::Sheet procedures_sheet(const BookInput& input) {
    sheet::Sheet sheet;
    sheet.name = "Thủ tục";
    sheet.widths = {13, 38, 13, 60, 14, 10, 11, 11, 15, 11, 11, 15};
    sheet.kept_columns = 3;
    sheet.rows.push_back(head_row(
        {"Mã đơn vị",
         "Đơn vị (không gồm đơn vị trực thuộc)",
         "Mã thủ tục",
         "Thủ tục hành chính",
         "Mức độ trực tuyến",
         "Có phí, lệ phí",
         "Tiếp nhận",
         "Nộp trực tuyến",
         "Tỷ lệ trực tuyến",
         "Phải nộp phí",
         "Thanh toán trực tuyến",
         "Tỷ lệ thanh toán"}
    ));
    if (input.procedures.empty()) {
        sheet.rows.push_back(text_row(sheet::Look::Line, "Không có hồ sơ nào trên sổ."));
        return sheet;
    }
    for (const rules::ProcedureCounts& one : input.procedures) {
        sheet.rows.push_back(procedure_row(one, sheet.rows.size()));
    }
    sheet.bars = {
        {OnlineRatioAt, 1, sheet.rows.size() - 1}, {PaidRatioAt, 1, sheet.rows.size() - 1}};
    sheet.rows.push_back(procedures_total(input.procedures, 1));
    return sheet;
}

sheet::Sheet reconciliation_sheet(const BookInput& input) {
    sheet::Sheet sheet;
    sheet.name = "Đối soát";
    sheet.widths = {26, 40, 11, 11, 11, 11, 10, 10, 10};
    std::vector<std::string> titles{
        "Chỉ tiêu",
        "Đơn vị",
        "Tử số, nguồn thứ nhất",
        "Mẫu số, nguồn thứ nhất",
        "Tử số, nguồn thứ hai",
        "Mẫu số, nguồn thứ hai",
        "Hồ sơ so sánh",
        "Khác nhau",
        "Chờ đồng bộ"};
    for (std::size_t at = 0; at < rules::reason_count; ++at) {
        titles.push_back(capitalise(rules::vietnamese(static_cast<rules::Reason>(at))));
        sheet.widths.push_back(12);
    }
    sheet.kept_columns = 2;
    sheet.rows.push_back(head_row(titles));
    for (const ReconciledPair& pair : input.figures.reconciled) {
        add_pair(sheet, input.figures, pair);
    }
    if (input.figures.reconciled.empty()) {
        sheet.rows.push_back(text_row(sheet::Look::Line, "Không có hai nguồn nào để đối soát."));
    }
    return sheet;
}

sheet::Sheet definitions_sheet(const BookInput& input) {
    const DigestInput& figures = input.figures;
    sheet::Sheet sheet;
    sheet.name = "Định nghĩa";
    sheet.widths = {24, 50, 14, 12, 12, 95};
    sheet.rows.push_back(head_row({"Loại", "Mục", "Mục tiêu", "Từ ngày", "Đến ngày", "Nội dung"}));
    const DefinitionList indicators = definitions(figures);
    for (const DefinitionList::Item& item : indicators.items) {
        sheet.rows.push_back(definition_row("Chỉ tiêu", item.term, item.text));
    }
    for (const Target& target : figures.campaign.targets) {
        sheet.rows.push_back(target_row(figures, target));
    }
    add_readings(sheet, figures.campaign);
    sheet.rows.push_back(definition_row("Quy ước", "Xếp hạng", ranking_rule));
    sheet.rows.push_back(definition_row(
        "Quy ước",
        "Tỷ lệ",
        "Số đúng là tử số chia cho mẫu số; ô chỉ hiển thị số làm tròn, thêm chữ số thập phân khi "
        "làm tròn sẽ vượt qua mục tiêu. Kết luận tính trên số đếm, không trên tỷ lệ làm tròn. "
        "Không phát sinh: mẫu số bằng 0, không tính là 0 %."
    ));
    sheet.rows.push_back(definition_row(
        "Quy ước",
        "Cần chuyển thêm; hoặc cần mới",
        "Số trường hợp đã có cần chuyển sang trực tuyến để đạt mục tiêu; hoặc số hồ sơ mới cần có "
        "nếu tất cả hồ sơ mới đều trực tuyến."
    ));
    return sheet;
}

}  // namespace thidua::reports
