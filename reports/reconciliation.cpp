// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/reconciliation.hpp"

#include "reports/digest_facts.hpp"
#include "reports/format.hpp"
#include "rules/reason_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports {
namespace {

/// "trễ đồng bộ 12, hoàn phí 3"
std::string describe_reasons(const rules::UnitComparison& whole) {
    std::string text;
    for (std::size_t at = 0; at < rules::reason_count; ++at) {
        const auto reason = static_cast<rules::Reason>(at);
        if (whole.with(reason) > 0) {
            text += fmt::format(
                "{}{} {}",
                text.empty() ? "" : ", ",
                rules::vietnamese(reason),
                format_count(whole.with(reason))
            );
        }
    }
    return text;
}

Table reconciliation_table(const Campaign& campaign, const rules::PairResult& pair) {
    Table table{
        .label_title = "Chỉ tiêu",
        .columns = {"Hồ sơ so sánh", "Khác nhau", "Chờ đồng bộ", "Nguyên nhân"},
        .rows = {}};
    for (const rules::IndicatorComparison& indicator : pair.indicators) {
        const rules::UnitComparison& whole = indicator.units.back();
        const std::string reasons = describe_reasons(whole);
        table.rows.push_back({
            .kind = Table::RowKind::Plain,
            .rank = std::nullopt,
            .label = name_of_indicator(campaign, indicator.indicator),
            .cells =
                {Count{whole.compared},
                 Count{whole.differing},
                 Count{whole.waiting},
                 reasons.empty() ? Cell(Empty{}) : Cell(Text{reasons})},
        });
    }
    return table;
}

/// Names of the indicators that nobody else tells of.
std::string names_without_witness(const Campaign& campaign, const rules::Standings& standings) {
    std::string names;
    for (const rules::Figure& figure : standings.total.figures) {
        if (figure.has_no_witness) {
            names += (names.empty() ? "" : ", ") + name_of_indicator(campaign, figure.indicator);
        }
    }
    return names;
}

}  // namespace

std::string name_of_indicator(const Campaign& campaign, std::string_view id) {
    const auto place = std::ranges::find(campaign.indicators, id, &Indicator::id);
    return std::string(place == campaign.indicators.end() ? id : short_name(*place));
}

void add_reconciliation(
    std::vector<Block>& blocks,
    const Campaign& campaign,
    const rules::Standings& standings,
    std::span<const ReconciledPair> reconciled
) {
    const std::string alone = names_without_witness(campaign, standings);
    if (reconciled.empty() && alone.empty()) {
        return;
    }
    blocks.emplace_back(Heading{"Đối soát giữa các nguồn"});
    for (const ReconciledPair& pair : reconciled) {
        const std::string names = fmt::format(
            "{} – {}",
            source_title(standings, pair.result.own),
            source_title(standings, pair.result.witness)
        );
        if (!pair.not_compared.empty()) {
            blocks.emplace_back(Paragraph{names + ": chưa đối soát, " + pair.not_compared + "."});
            continue;
        }
        blocks.emplace_back(Paragraph{names + "."});
        blocks.emplace_back(reconciliation_table(campaign, pair.result));
    }
    if (!alone.empty()) {
        blocks.emplace_back(Paragraph{
            alone +
            ": không có nguồn khác để đối chiếu; theo cấu hình đợt thi đua, số liệu được chốt theo "
            "hệ thống gốc."});
    }
}

}  // namespace thidua::reports
