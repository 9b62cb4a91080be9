// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/digest_facts.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"
#include "reports/sheets.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports {
namespace {

constexpr std::size_t hash_letters = 12;  // as on the other documents; whole below the table

/// The instant up to which every source of the indicator has answered; nothing if one never did.
std::optional<Instant> data_through(const DigestInput& input, const Indicator& indicator) {
    std::optional<Instant> through;
    for (const SourceStatus& source : sources_of(input, indicator)) {
        if (!source.data_through) {
            return std::nullopt;
        }
        through = std::min(through.value_or(*source.data_through), *source.data_through);
    }
    return through;
}

/// What is the same in every row.
struct Common {
    sheet::Cell configuration;
    sheet::Cell seal;
};

Common common_of(const DigestInput& input) {
    return {
        text_cell(input.config_hash.substr(0, hash_letters)),
        input.seal ? text_cell(fmt::format(
                         "{}:{}", input.seal->number, input.seal->hash.substr(0, hash_letters)
                     ))
                   : sheet::Cell(sheet::Blank{})};
}

sheet::Row figure_row(
    const DigestInput& input,
    const rules::UnitStanding& unit,
    const Indicator& indicator,
    const Common& common
) {
    const bool is_total = &unit == &input.standings.total;
    const Percent value = percent_of(unit, indicator);
    const auto through = data_through(input, indicator);
    const auto part = [&](std::int64_t Ratio::*of) {
        return value.counts ? sheet::Cell(sheet::Count{(*value.counts).*of})
                            : sheet::Cell(sheet::Text{"thiếu số liệu"});
    };
    sheet::Row row;
    row.cells = {
        text_cell(value.figure),
        text_cell(short_name(indicator)),
        text_cell(is_total ? "" : unit.code),
        text_cell(is_total ? "Toàn cơ quan" : unit.name),
        part(&Ratio::numerator),
        part(&Ratio::denominator),
        sheet::Date{input.standings.as_of},
        sheet::Moment{input.standings.known_at},
        text_cell(format_fitness(value.fitness)),
        through ? sheet::Cell(sheet::Moment{*through}) : sheet::Cell(sheet::Text{"chưa từng có"}),
        common.configuration,
        common.seal,
        text_cell("thidua explain " + value.figure)};
    return row;
}

void add_sources(sheet::Sheet& sheet, const DigestInput& input) {
    sheet.rows.push_back(text_row(sheet::Look::Band, "Nguồn số liệu"));
    for (const SourceStatus& source : shown_sources(input)) {
        sheet::Row row;
        row.cells.resize(10);
        row.cells[1] = text_cell(source.name);
        row.cells[3] = text_cell(source_title(source));
        row.cells[8] = text_cell(format_freshness({source.state, source.past_limit}));
        row.cells[9] = source.data_through ? sheet::Cell(sheet::Moment{*source.data_through})
                                           : sheet::Cell(sheet::Text{"chưa từng có"});
        sheet.rows.push_back(std::move(row));
    }
}

}  // namespace

sheet::Sheet provenance_sheet(const BookInput& input) {
    const DigestInput& figures = input.figures;
    const Common common = common_of(figures);
    sheet::Sheet sheet;
    sheet.name = "Nguồn gốc";
    sheet.widths = {14, 24, 13, 44, 11, 11, 12, 20, 15, 20, 15, 19, 29};
    sheet.kept_columns = 1;
    sheet.rows.push_back(head_row(
        {"Mã tra cứu",
         "Chỉ tiêu",
         "Mã đơn vị",
         "Đơn vị",
         "Tử số",
         "Mẫu số",
         "Tính đến hết ngày",
         "Theo ghi nhận đến",
         "Tình trạng",
         "Nguồn có số liệu đến",
         "Cấu hình",
         "Dấu kiểm tra sổ ghi",
         "Lệnh tra cứu"}
    ));
    for (const Indicator& indicator : figures.campaign.indicators) {
        for (const rules::UnitStanding& unit : figures.standings.units) {
            sheet.rows.push_back(figure_row(figures, unit, indicator, common));
        }
        sheet.rows.push_back(figure_row(figures, figures.standings.total, indicator, common));
    }
    add_sources(sheet, figures);
    sheet.rows.push_back(text_row(
        sheet::Look::Line,
        fmt::format(
            "Đợt thi đua: {}. Mã băm cấu hình: {}.", figures.campaign.id, figures.config_hash
        )
    ));
    if (figures.seal) {
        sheet.rows.push_back(text_row(
            sheet::Look::Line,
            fmt::format(
                "Dấu kiểm tra sổ ghi: số {}, {}. Kiểm tra: thidua audit verify --seal {}:{}",
                format_count(figures.seal->number),
                figures.seal->hash,
                figures.seal->number,
                figures.seal->hash.substr(0, hash_letters)
            )
        ));
    }
    return sheet;
}

}  // namespace thidua::reports
