// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/final_report_annex.hpp"

#include "reports/condition_text.hpp"
#include "reports/digest_facts.hpp"
#include "reports/format.hpp"
#include "rules/award_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace thidua::reports {
namespace {

Cell text_or_empty(std::string text) {
    return text.empty() ? Cell(Empty{}) : Cell(Text{std::move(text)});
}

/// Rows in the order of reading; the number before a condition says what it belongs to.
void add_rows(
    const Campaign& campaign,
    const rules::Finding& finding,
    const std::string& number,
    std::vector<Table::Row>& rows
) {
    const std::string text = condition_text(campaign, finding);
    rows.push_back({
        .kind = Table::RowKind::Plain,
        .rank = std::nullopt,
        .label = number.empty() ? text : number + ". " + text,
        .cells =
            {Text{std::string(rules::vietnamese(finding.value))},
             text_or_empty(finding.clause.empty() ? "" : "Mục " + finding.clause),
             text_or_empty(condition_grounds(campaign.plan, finding))},
    });
    for (std::size_t at = 0; at < finding.terms.size(); ++at) {
        const std::string own = std::to_string(at + 1);
        add_rows(campaign, finding.terms[at], number.empty() ? own : number + "." + own, rows);
    }
}

}  // namespace

Document final_report_annex(const FinalReportInput& input) {
    Document document;
    document.organisation = root_name(input.standings);
    document.title = "Phụ lục: từng điều kiện khen thưởng";
    document.period = fmt::format(
        "{}; số liệu đến hết ngày {}", stage_label(input), format_day(input.standings.as_of)
    );
    document.subject = document.title;
    document.known_at = input.standings.known_at;
    for (const rules::Eligibility& one : input.eligibility) {
        document.blocks.emplace_back(Heading{
            fmt::format("{}: {}", one.candidate.name, one.award->name)});
        document.blocks.emplace_back(Paragraph{"Kết quả: " + rules::verdict_text(one.finding) + "."}
        );
        Table table{
            .label_title = "Điều kiện", .columns = {"Kết quả", "Điều khoản", "Căn cứ"}, .rows = {}};
        add_rows(input.campaign, one.finding, "", table.rows);
        document.blocks.emplace_back(std::move(table));
    }
    return document;
}

}  // namespace thidua::reports
