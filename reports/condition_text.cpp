// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/condition_text.hpp"

#include "reports/format.hpp"

#include <fmt/format.h>

#include <algorithm>

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

}  // namespace

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

std::string condition_grounds(const Plan& plan, const rules::Finding& finding) {
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

}  // namespace thidua::reports
