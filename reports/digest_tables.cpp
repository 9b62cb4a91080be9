// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/digest_tables.hpp"

#include "reports/digest_facts.hpp"
#include "reports/format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports {
namespace {

std::vector<std::string> figure_columns(const DigestInput& input) {
    std::vector<std::string> columns;
    for (const Indicator& indicator : input.campaign.indicators) {
        columns.emplace_back(short_name(indicator));
    }
    if (input.previous != nullptr) {
        columns.push_back("Thay đổi");
    }
    return columns;
}

std::vector<Cell> figure_cells(const DigestInput& input, const rules::UnitStanding& unit) {
    std::vector<Cell> cells;
    for (const Indicator& indicator : input.campaign.indicators) {
        cells.emplace_back(percent_of(unit, indicator));
    }
    if (const auto change = change_of(input, unit, primary_indicator(input))) {
        cells.emplace_back(*change);
    }
    return cells;
}

std::size_t ranked_shown(const DigestInput& input) {
    return std::min(ranked_units(input).size(), units_max);
}

const rules::UnitStanding* find_unit(const rules::Standings& standings, std::string_view code) {
    const auto place = std::ranges::find(standings.units, code, &rules::UnitStanding::code);
    return place == standings.units.end() ? nullptr : &*place;
}

/// Neither ranked nor the root.
bool is_branch(const rules::UnitStanding& unit) {
    return !unit.is_ranked && unit.depth > 0;
}

std::string counted_over_what(const DigestInput& input, const Indicator& indicator) {
    switch (indicator.kind) {
        case IndicatorKind::ServicesOnline:
            return fmt::format(
                "Số dịch vụ công có ít nhất một hồ sơ nộp trực tuyến, chia cho số dịch vụ công "
                "trực tuyến (toàn trình, một phần) {}",
                indicator.services == ServicesDenominator::Published
                    ? "do đơn vị phụ trách"
                    : "của đơn vị có phát sinh hồ sơ"
            );
        case IndicatorKind::DossiersOnline:
            return fmt::format(
                "Số hồ sơ nộp trực tuyến, chia cho số hồ sơ đã tiếp nhận của {}",
                indicator.all_procedures ? "mọi thủ tục hành chính"
                                         : "các thủ tục có cung cấp trực tuyến"
            );
        case IndicatorKind::PaymentsOnline: {
            std::string gateways = indicator.dvcqg_gateway ? "Cổng Dịch vụ công quốc gia" : "";
            if (indicator.province_gateway) {
                gateways += gateways.empty() ? "cổng thanh toán của tỉnh"
                                             : " hoặc cổng thanh toán của tỉnh";
            }
            return fmt::format(
                "Số hồ sơ thanh toán trực tuyến thành công qua {} (theo xác nhận của {}), chia "
                "cho số hồ sơ đã tiếp nhận phải nộp phí, lệ phí",
                gateways,
                source_title(
                    input.standings,
                    indicator.evidence == PaymentEvidence::Platform ? indicator.payment_record
                                                                    : indicator.system_of_record
                )
            );
        }
    }
    check(false, "counted_over_what: a known IndicatorKind");
    return "";
}

std::string describe_target(const std::optional<Target>& target) {
    if (!target) {
        return "Kế hoạch không giao chỉ tiêu.";
    }
    std::string text = "Chỉ tiêu: " + format_target(*target);
    if (target->op == TargetOperator::Above) {
        text += fmt::format(" (đúng {} là chưa đạt)", format_share(target->value));
    }
    if (!target->decision.empty()) {
        text += ", theo " + target->decision;
    }
    return text + ".";
}

}  // namespace

Table units_table(const DigestInput& input) {
    Table table{.label_title = "Đơn vị", .columns = figure_columns(input), .rows = {}};
    const auto units = ranked_units(input);
    for (std::size_t at = units.size() - ranked_shown(input); at < units.size(); ++at) {
        table.rows.push_back({
            .kind = Table::RowKind::Plain,
            .rank = units[at]->rank,
            .label = units[at]->name,
            .cells = figure_cells(input, *units[at]),
        });
    }
    table.rows.push_back({
        .kind = Table::RowKind::Total,
        .rank = std::nullopt,
        .label = input.standings.unmapped > 0 ? "Toàn cơ quan, gồm cả hồ sơ chưa ánh xạ"
                                              : "Toàn cơ quan",
        .cells = figure_cells(input, input.standings.total),
    });
    return table;
}

BarChart units_chart(const DigestInput& input) {
    BarChart chart;
    const auto units = ranked_units(input);
    for (std::size_t at = units.size() - ranked_shown(input); at < units.size(); ++at) {
        chart.bars.push_back({units[at]->name, percent_of(*units[at], primary_indicator(input))});
    }
    return chart;
}

Table branches_table(const DigestInput& input) {
    Table table{.label_title = "Đơn vị", .columns = figure_columns(input), .rows = {}};
    std::size_t room = units_max - ranked_shown(input);
    std::optional<std::string> group;
    for (const rules::UnitStanding& unit : input.standings.units) {
        if (!is_branch(unit) || room == 0) {
            continue;
        }
        --room;
        if (unit.parent != group) {
            group = unit.parent;
            const rules::UnitStanding* parent = find_unit(input.standings, group.value_or(""));
            table.rows.push_back({
                .kind = Table::RowKind::Group,
                .rank = std::nullopt,
                .label = parent == nullptr ? group.value_or("") : parent->name,
                .cells = {},
            });
        }
        table.rows.push_back({
            .kind = Table::RowKind::Plain,
            .rank = std::nullopt,
            .label = unit.name,
            .cells = figure_cells(input, unit),
        });
    }
    return table;
}

std::int64_t count_hidden_units(const DigestInput& input) {
    const auto branches = std::ranges::count_if(input.standings.units, is_branch);
    const auto all = ranked_units(input).size() + static_cast<std::size_t>(branches);
    return static_cast<std::int64_t>(all - std::min(all, units_max));
}

Table sources_table(const DigestInput& input) {
    Table table{.label_title = "Nguồn", .columns = {"Tình trạng", "Số liệu đến"}, .rows = {}};
    for (const SourceStatus& source : shown_sources(input)) {
        table.rows.push_back({
            .kind = Table::RowKind::Plain,
            .rank = std::nullopt,
            .label = std::string(source_title(source)),
            .cells = {Freshness{source.state, source.past_limit}, Moment{source.data_through}},
        });
    }
    return table;
}

DefinitionList definitions(const DigestInput& input) {
    DefinitionList list;
    for (const Indicator& indicator : input.campaign.indicators) {
        const rules::Figure* total = find_figure(input.standings.total, indicator);
        std::string text = counted_over_what(input, indicator) + ". ";
        text += describe_target(total == nullptr ? std::nullopt : total->target);
        if (!indicator.legal_basis.empty()) {
            text += fmt::format(" Căn cứ: {}.", indicator.legal_basis);
        }
        text +=
            fmt::format(" Nguồn: {}.", source_title(input.standings, indicator.system_of_record));
        if (total != nullptr && !total->id.empty()) {
            text += fmt::format(" Mã tra cứu số liệu chung: {}.", total->id);
        }
        list.items.push_back({indicator.name, std::move(text)});
    }
    return list;
}

}  // namespace thidua::reports
