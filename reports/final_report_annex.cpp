// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/final_report_annex.hpp"

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

/// How a condition is made of those below it.
std::string connective(const rules::Finding& finding) {
    switch (finding.kind) {
        case Criterion::Kind::All:
            return "Tất cả các điều kiện sau";
        case Criterion::Kind::Any:
            return "Một trong các điều kiện sau";
        case Criterion::Kind::AtLeast:
            return fmt::format(
                "Từ {:02} trong {:02} điều kiện sau", finding.count, finding.terms.size()
            );
        case Criterion::Kind::Leaf:
            break;
    }
    return "";
}

std::string name_of_figure(const Campaign& campaign, const rules::Figure& figure) {
    const auto place = std::ranges::find(campaign.indicators, figure.indicator, &Indicator::id);
    return place == campaign.indicators.end() ? figure.indicator : place->name;
}

std::string condition_text(const Campaign& campaign, const rules::Finding& finding) {
    if (finding.figure) {
        return name_of_figure(campaign, *finding.figure);
    }
    std::string of = connective(finding);
    if (finding.text.empty()) {
        return of;
    }
    return of.empty() ? finding.text : fmt::format("{} ({})", finding.text, of);
}

std::string describe_figure(const rules::Figure& figure) {
    return fmt::format(
        "Số liệu {} ({}), {}, mã tra cứu {}",
        figure.counts ? format_counts(*figure.counts) : "thiếu",
        figure.target ? format_target(*figure.target) : "không có chỉ tiêu",
        format_fitness(figure.fitness),
        figure.id
    );
}

std::string describe_decision(const Plan& plan, const Decision& decision) {
    return fmt::format(
        "{} kết luận, {} ghi ngày {}{}{}",
        name_of_body(plan, decision.body),
        decision.by,
        format_day(day_of(decision.at)),
        decision.document.empty() ? "" : ", văn bản số " + decision.document,
        decision.note.empty() ? "" : ": " + decision.note
    );
}

Cell text_or_empty(std::string text) {
    return text.empty() ? Cell(Empty{}) : Cell(Text{std::move(text)});
}

/// What a condition rests on.
std::string grounds_of(const Plan& plan, const rules::Finding& finding) {
    if (finding.figure) {
        return describe_figure(*finding.figure);
    }
    if (finding.decision) {
        return describe_decision(plan, *finding.decision);
    }
    if (!finding.body.empty()) {
        return fmt::format("Thẩm quyền: {}", name_of_body(plan, finding.body));
    }
    return "";
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
             text_or_empty(grounds_of(campaign.plan, finding))},
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
