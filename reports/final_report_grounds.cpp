// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/final_report_grounds.hpp"

#include "reports/digest_facts.hpp"
#include "reports/digest_tables.hpp"
#include "reports/format.hpp"
#include "rules/reason_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace thidua::reports {
namespace {

/// What an indicator's options come to, in words.
std::string_view reading_words(const Indicator& indicator) {
    if (indicator.kind == IndicatorKind::ServicesOnline) {
        return indicator.services == ServicesDenominator::Published
                   ? "mẫu số gồm mọi dịch vụ công đang cung cấp trực tuyến"
                   : "mẫu số chỉ gồm dịch vụ công có phát sinh hồ sơ";
    }
    if (indicator.dvcqg_gateway && indicator.province_gateway) {
        return "tính cả Cổng Dịch vụ công quốc gia và cổng thanh toán của tỉnh";
    }
    return indicator.dvcqg_gateway ? "chỉ tính Cổng Dịch vụ công quốc gia"
                                   : "chỉ tính cổng thanh toán của tỉnh";
}

/// Only units whose verdict the other reading changes.
void add_sensitivity(std::vector<Block>& blocks, const FinalReportInput& input) {
    if (input.readings.empty()) {
        return;
    }
    blocks.emplace_back(Heading{"Kết luận phụ thuộc cách hiểu"});
    for (const rules::TwoReadings& both : input.readings) {
        const std::string how = fmt::format(
            "{}: đang áp dụng: {}; cách hiểu khác: {}.",
            both.in_force.name,
            reading_words(both.in_force),
            reading_words(both.other)
        );
        if (both.flips.empty()) {
            blocks.emplace_back(Paragraph{how + " Không đơn vị nào đổi kết luận."});
            continue;
        }
        blocks.emplace_back(Paragraph{how});
        Table table{
            .label_title = "Đơn vị", .columns = {"Đang áp dụng", "Cách hiểu khác"}, .rows = {}};
        for (const rules::Flip& flip : both.flips) {
            table.rows.push_back({
                .kind = flip.is_whole ? Table::RowKind::Total : Table::RowKind::Plain,
                .rank = std::nullopt,
                .label = flip.is_whole ? "Toàn cơ quan" : flip.unit->name,
                .cells = {percent_of(*flip.in_force), percent_of(*flip.other)},
            });
        }
        blocks.emplace_back(std::move(table));
    }
}

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

Table reconciliation_table(const FinalReportInput& input, const rules::PairResult& pair) {
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
            .label = name_of_indicator(input.campaign, indicator.indicator),
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
std::string names_without_witness(const FinalReportInput& input) {
    std::string names;
    for (const rules::Figure& figure : input.standings.total.figures) {
        if (figure.has_no_witness) {
            names +=
                (names.empty() ? "" : ", ") + name_of_indicator(input.campaign, figure.indicator);
        }
    }
    return names;
}

void add_reconciliation(std::vector<Block>& blocks, const FinalReportInput& input) {
    const std::string alone = names_without_witness(input);
    if (input.reconciled.empty() && alone.empty()) {
        return;
    }
    blocks.emplace_back(Heading{"Đối soát giữa các nguồn"});
    for (const ReconciledPair& pair : input.reconciled) {
        const std::string names = fmt::format(
            "{} – {}",
            source_title(input.standings, pair.result.own),
            source_title(input.standings, pair.result.witness)
        );
        if (!pair.not_compared.empty()) {
            blocks.emplace_back(Paragraph{names + ": chưa đối soát, " + pair.not_compared + "."});
            continue;
        }
        blocks.emplace_back(Paragraph{names + "."});
        blocks.emplace_back(reconciliation_table(input, pair.result));
    }
    if (!alone.empty()) {
        blocks.emplace_back(Paragraph{
            alone +
            ": không có nguồn khác để đối chiếu; theo cấu hình đợt thi đua, số liệu được chốt theo "
            "hệ thống gốc."});
    }
}

}  // namespace

std::string name_of_indicator(const Campaign& campaign, std::string_view id) {
    const auto place = std::ranges::find(campaign.indicators, id, &Indicator::id);
    return std::string(place == campaign.indicators.end() ? id : short_name(*place));
}

DigestInput as_digest(const FinalReportInput& input) {
    return {
        .campaign = input.campaign,
        .week = week_of(input.standings.as_of),
        .standings = input.standings,
        .recipients = input.recipients,
        .config_hash = input.config_hash,
        .seal = input.seal,
    };
}

DefinitionList ambiguity_register(const Campaign& campaign) {
    DefinitionList list;
    for (const Ambiguity& ambiguity : campaign.plan.ambiguities) {
        const std::string decided =
            ambiguity.decided_by.empty()
                ? "Chưa có quyết định; đang áp dụng cách hiểu mặc định của chương trình."
                : fmt::format(
                      "Quyết định: {}, ngày {}.",
                      ambiguity.decided_by,
                      ambiguity.decided_on ? format_day(*ambiguity.decided_on) : "chưa ghi"
                  );
        list.items.push_back({
            fmt::format("Mục {}: “{}”", ambiguity.clause, ambiguity.phrase),
            ambiguity.reading + " " + decided,
        });
    }
    return list;
}

void add_grounds(std::vector<Block>& blocks, const FinalReportInput& input) {
    add_reconciliation(blocks, input);
    add_sensitivity(blocks, input);
    const DigestInput digest = as_digest(input);
    if (!input.campaign.plan.ambiguities.empty()) {
        blocks.emplace_back(Heading{"Cách hiểu những điểm Kế hoạch để ngỏ"});
        blocks.emplace_back(ambiguity_register(input.campaign));
    }
    blocks.emplace_back(Heading{"Nguồn số liệu"});
    blocks.emplace_back(sources_table(digest));
    blocks.emplace_back(Heading{"Cách tính"});
    blocks.emplace_back(definitions(digest));
}

}  // namespace thidua::reports
