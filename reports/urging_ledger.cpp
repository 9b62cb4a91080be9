// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/urging_ledger.hpp"

#include "reports/digest_facts.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"
#include "reports/sheets.hpp"

#include <fmt/format.h>

#include <utility>

namespace thidua::reports {
namespace {

constexpr std::string_view too_few_weeks = "chưa đủ tuần";

std::string status_line(const UrgingLedgerInput& input) {
    return fmt::format(
        "Số liệu {}, lũy kế từ {} đến hết ngày {}, ghi nhận lúc {}",
        format_fitness(input.standings.fitness),
        format_day(input.campaign.start),
        format_day(input.standings.as_of),
        format_instant(input.standings.known_at)
    );
}

/// Name, title, line and head, and whether what follows is a plain list.
sheet::Sheet begin_sheet(
    const UrgingLedgerInput& input,
    const std::string& name,
    const std::string& title,
    const std::vector<std::string>& columns
) {
    sheet::Sheet sheet;
    sheet.name = name;
    sheet.rows.push_back(text_row(sheet::Look::Title, title));
    sheet.rows.push_back(text_row(sheet::Look::Line, status_line(input)));
    sheet.head = sheet.rows.size();
    sheet.rows.push_back(head_row(columns));
    return sheet;
}

sheet::Sheet proposed_sheet(const UrgingLedgerInput& input) {
    sheet::Sheet sheet = begin_sheet(
        input,
        "Đề nghị đôn đốc",
        "Đơn vị chưa đạt chỉ tiêu, chưa được đôn đốc trong thời gian gần đây",
        {"Mã đơn vị",
         "Đơn vị",
         "Chỉ tiêu",
         "Đạt",
         "Trên tổng số",
         "Tỷ lệ",
         "Chỉ tiêu giao",
         "Cần thêm",
         "Tình trạng số liệu",
         "Đôn đốc gần nhất",
         "Người nhận bản tin của đơn vị"}
    );
    sheet.widths = {14, 40, 28, 10, 12, 10, 14, 10, 18, 16, 40};
    for (const ProposedUrging& one : input.proposed) {
        const Percent percent = percent_of(*one.unit, *one.indicator);
        const std::size_t at = sheet.rows.size();
        const auto& counts = percent.counts;
        using Number = std::optional<std::int64_t>;
        sheet::Row row;
        row.cells = {
            text_cell(one.unit->code),
            text_cell(one.unit->name),
            text_cell(short_name(*one.indicator)),
            count_cell(counts ? Number(counts->numerator) : Number()),
            count_cell(counts ? Number(counts->denominator) : Number()),
            ratio_cell(percent, sheet::cell_name(at, 3), sheet::cell_name(at, 4)),
            percent.target ? sheet::Cell(sheet::Goal{percent.target->op, percent.target->value})
                           : sheet::Cell(sheet::Blank{}),
            count_cell(gap_of(*one.unit, *one.indicator).convert),
            text_cell(format_fitness(percent.fitness)),
            one.last_urged ? sheet::Cell(sheet::Date{*one.last_urged})
                           : sheet::Cell(sheet::Blank{}),
            text_cell(join(one.readers, "; "))};
        sheet.rows.push_back(std::move(row));
    }
    sheet.has_filter = !input.proposed.empty();
    if (input.proposed.empty()) {
        sheet.rows.push_back(text_row(sheet::Look::Line, "Không có đơn vị nào cần đôn đốc thêm."));
    }
    return sheet;
}

/// The counts of some weeks, or why there are none; procedures are counted of nothing.
void add_weeks(sheet::Row& row, const std::optional<Ratio>& counts, bool is_told) {
    if (!counts) {
        row.cells.push_back(is_told ? text_cell(too_few_weeks) : sheet::Cell(sheet::Blank{}));
        row.cells.emplace_back(sheet::Blank{});
        return;
    }
    row.cells.emplace_back(sheet::Count{counts->numerator});
    row.cells.push_back(
        counts->denominator > 0 ? sheet::Cell(sheet::Count{counts->denominator})
                                : sheet::Cell(sheet::Blank{})
    );
}

sheet::Row ledger_row(const UrgedUnit& one) {
    const Urging& urging = one.urging;
    sheet::Row row;
    row.cells = {
        sheet::Date{urging.day},
        text_cell(urging.unit),
        text_cell(one.name),
        text_cell(one.indicator == nullptr ? urging.indicator : short_name(*one.indicator)),
        text_cell(vietnamese(urging.kind)),
        text_cell(urging.document),
        text_cell(urging.by),
        text_cell(urging.note)};
    const bool is_told = one.effect.has_value();
    const rules::UrgingEffect effect = one.effect.value_or(rules::UrgingEffect{});
    add_weeks(row, effect.before, is_told);
    row.cells.push_back(
        effect.after ? sheet::Cell(sheet::Count{std::int64_t(effect.weeks_after)})
                     : sheet::Cell(sheet::Blank{})
    );
    add_weeks(row, effect.after, is_told);
    row.cells.push_back(text_cell(movement_phrase(one)));
    row.cells.emplace_back(sheet::Moment{urging.at});
    return row;
}

sheet::Sheet ledger_sheet(const UrgingLedgerInput& input) {
    sheet::Sheet sheet = begin_sheet(
        input,
        "Sổ đôn đốc",
        "Sổ đôn đốc: chỉ tính các tuần trọn vẹn, trước và sau tuần đôn đốc",
        {"Ngày",
         "Mã đơn vị",
         "Đơn vị",
         "Chỉ tiêu",
         "Loại",
         "Số văn bản",
         "Người ghi",
         "Ghi chú",
         "4 tuần trước: đạt",
         "4 tuần trước: tổng số",
         "Số tuần sau",
         "Sau: đạt",
         "Sau: tổng số",
         "Nhịp mỗi tuần",
         "Ghi lúc"}
    );
    sheet.widths = {12, 14, 40, 28, 18, 18, 20, 30, 14, 14, 10, 14, 12, 16, 20};
    for (const UrgedUnit& one : input.ledger) {
        sheet.rows.push_back(ledger_row(one));
    }
    sheet.has_filter = !input.ledger.empty();
    if (input.ledger.empty()) {
        sheet.rows.push_back(text_row(sheet::Look::Line, "Chưa có lần đôn đốc nào."));
    }
    return sheet;
}

}  // namespace

std::string movement_phrase(const UrgedUnit& urged) {
    if (urged.urging.kind == UrgingKind::Drafted) {
        return "";
    }
    if (!urged.effect) {
        return "thiếu số liệu";
    }
    const auto movement = rules::movement_of(*urged.effect);
    if (!movement) {
        return std::string(too_few_weeks);
    }
    switch (*movement) {
        case rules::Movement::Faster:
            return "nhanh hơn";
        case rules::Movement::Same:
            return "như trước";
        case rules::Movement::Slower:
            return "chậm hơn";
    }
    check(false, "movement_phrase: a known Movement");
    return "";
}

std::string_view vietnamese(UrgingKind kind) {
    switch (kind) {
        case UrgingKind::Drafted:
            return "dự thảo văn bản";
        case UrgingKind::Recorded:
            return "đã đôn đốc";
    }
    check(false, "vietnamese: a known UrgingKind");
    return "";
}

sheet::Workbook urging_workbook(const UrgingLedgerInput& input) {
    sheet::Workbook workbook;
    workbook.title = "Sổ đôn đốc – " + input.campaign.name;
    workbook.organisation = std::string(root_name(input.standings));
    workbook.made_at = input.standings.known_at;
    workbook.sheets = {proposed_sheet(input), ledger_sheet(input)};
    return workbook;
}

}  // namespace thidua::reports
