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

}  // namespace

DigestInput as_digest(const FinalReportInput& input) {
    return {
        .campaign = input.campaign,
        .week = week_of(input.standings.as_of),
        .standings = input.standings,
        .recipients = input.recipients,
        .config_hash = input.config_hash,
        .seal = input.seal,
        .reconciled = input.reconciled,
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
    add_reconciliation(blocks, input.campaign, input.standings, input.reconciled);
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
