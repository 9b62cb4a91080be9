// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/drafts/candidate.hpp"

#include "core/text.hpp"
#include "reports/drafts/phrases.hpp"
#include "reports/format.hpp"
#include "rules/award_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace thidua::reports::drafts {
namespace {

using official::Span;
constexpr std::string_view content_prefix = "content/";

std::string content_name(const Campaign& campaign, int number) {
    const auto content = std::ranges::find(campaign.plan.contents, number, &Content::number);
    return content == campaign.plan.contents.end()
               ? fmt::format("Nội dung {}", number)
               : fmt::format("Nội dung {}: {}", number, content->short_name);
}

std::string_view body_name(const Campaign& campaign, const std::string& id) {
    const auto body = std::ranges::find(campaign.plan.bodies, id, &Body::id);
    return body == campaign.plan.bodies.end() ? std::string_view(id) : body->name;
}

/// What a condition asks for.
std::string asked(const Campaign& campaign, const rules::Finding& finding) {
    if (finding.figure) {
        const auto indicator =
            std::ranges::find(campaign.indicators, finding.figure->indicator, &Indicator::id);
        return indicator == campaign.indicators.end() ? finding.figure->indicator : indicator->name;
    }
    if (finding.content != 0) {
        const bool is_beyond = finding.reach == Criterion::Reach::Exceeded;
        return content_name(campaign, finding.content) + (is_beyond ? " (đạt và vượt)" : "");
    }
    if (!finding.text.empty()) {
        return finding.text;
    }
    switch (finding.kind) {
        case Criterion::Kind::All:
            return "Tất cả các điều kiện sau";
        case Criterion::Kind::Any:
            return "Một trong các điều kiện sau";
        case Criterion::Kind::AtLeast:
            return fmt::format("Từ {} trong các điều kiện sau", finding.count);
        case Criterion::Kind::Leaf:
            break;
    }
    return "–";
}

/// A figure's id, the paper in which a body decided, or the body that has yet to.
official::Line grounds_of(const Campaign& campaign, const rules::Finding& finding) {
    if (finding.figure) {
        return {{Span::Kind::Reference, "Mã tra cứu: " + finding.figure->id}};
    }
    if (finding.decision) {
        const Decision& decision = *finding.decision;
        return {
            {Span::Kind::Plain,
             fmt::format(
                 "{}, ghi nhận ngày {}{}",
                 body_name(campaign, decision.body),
                 format_day(day_of(decision.at)),
                 decision.document.empty() ? "" : ", văn bản " + decision.document
             )}};
    }
    if (!finding.decision_key.empty()) {
        return {{Span::Kind::Plain, std::string(body_name(campaign, finding.body))}};
    }
    return {};
}

/// How far a condition lies below the whole.
constexpr std::string_view depth_marks[] = {"", "- ", "+ ", "* "};

void add_rows(
    official::Table& table,
    const Campaign& campaign,
    const rules::Finding& finding,
    std::size_t depth = 0
) {
    const bool is_group = finding.kind != Criterion::Kind::Leaf;
    table.rows.push_back({
        {{is_group ? Span::Kind::Bold : Span::Kind::Plain,
          std::string(depth_marks[std::min(depth, std::size(depth_marks) - 1)]) +
              capitalise(asked(campaign, finding))}},
        {{Span::Kind::Plain, std::string(rules::vietnamese(finding.value))}},
        grounds_of(campaign, finding),
    });
    for (const rules::Finding& term : finding.terms) {
        add_rows(table, campaign, term, depth + 1);
    }
}

const rules::ReviewCounts* find_review(const rules::Finding& finding) {
    if (finding.reviewed) {
        return &*finding.reviewed;
    }
    for (const rules::Finding& term : finding.terms) {
        if (const rules::ReviewCounts* counts = find_review(term)) {
            return counts;
        }
    }
    return nullptr;
}

std::string topic_name(const Campaign& campaign, std::string_view topic) {
    const std::string_view number =
        topic.starts_with(content_prefix) ? topic.substr(content_prefix.size()) : "";
    for (const Content& content : campaign.plan.contents) {
        if (number == std::to_string(content.number)) {
            return content_name(campaign, content.number);
        }
    }
    return "Tiêu chuẩn khác";
}

bool is_root(const rules::UnitStanding& unit) {
    return !unit.parent;
}

/// The one above, as letterheads name it.
std::string parent_name(const NominationInput& input) {
    const auto parent =
        std::ranges::find(input.standings.units, *input.unit.parent, &rules::UnitStanding::code);
    const bool is_agency = parent == input.standings.units.end() || is_root(*parent);
    return is_agency ? input.texts.organisation : to_upper(parent->name);
}

int year_of_papers(const NominationInput& input) {
    const auto& deadlines = input.campaign.plan.deadlines;
    return year_of(deadlines.empty() ? day_of(input.standings.known_at) : deadlines.front().from);
}

}  // namespace

bool is_individual(const NominationInput& input) {
    return input.officer != nullptr;
}

std::string candidate_phrase(const NominationInput& input) {
    if (!is_individual(input)) {
        return "tập thể " + input.eligibility.candidate.name;
    }
    const Officer& officer = *input.officer;
    return fmt::format(
        "cá nhân {}{}, {}",
        officer.name,
        officer.position.empty() ? "" : ", " + officer.position,
        input.unit.name
    );
}

official::Letterhead unit_letterhead(const NominationInput& input, const std::string& kind) {
    const Texts& texts = input.texts;
    const int year = year_of_papers(input);
    const auto with = [&](const std::string& short_name) {
        return kind.empty() ? std::string() : fmt::format("/{}-{}", kind, short_name);
    };
    if (is_root(input.unit)) {
        return agency_letterhead(texts, with(texts.short_name), year);
    }
    const auto named =
        std::ranges::find(texts.unit_short_names, input.unit.code, &UnitShortName::unit);
    const bool is_named = named != texts.unit_short_names.end();
    return {
        .parent = parent_name(input),
        .organisation = to_upper(input.unit.name),
        .symbol = with(is_named ? named->short_name : "………"),
        .about = "",
        .place = texts.place,
        .year = year};
}

official::Signature unit_signature(const NominationInput& input) {
    return is_root(input.unit) ? agency_signature(input.texts)
                               : official::Signature{"", "THỦ TRƯỞNG ĐƠN VỊ", "(Ký, đóng dấu)", ""};
}

void add_figures(std::vector<official::Block>& blocks, const NominationInput& input) {
    blocks.push_back(plain_paragraph(fmt::format(
        "Số liệu của {} {}{}",
        input.unit.name,
        as_of_phrase(input.standings, input.unit),
        is_individual(input) ? ". Đây là kết quả của đơn vị, không phải kết quả riêng của cá nhân:"
                             : ":"
    )));
    blocks.emplace_back(figures_table(input.campaign, input.unit));
    blocks.push_back(reference_note());
    if (const std::string text = reviewed_phrase(input); !text.empty()) {
        blocks.push_back(plain_paragraph(text + "."));
    }
}

official::Table findings_table(const NominationInput& input) {
    official::Table table;
    table.columns = {
        {"Tiêu chuẩn", 76, Align::Left},
        {"Kết quả", 28, Align::Centre},
        {"Căn cứ, thẩm quyền", 58, Align::Left}};
    add_rows(table, input.campaign, input.eligibility.finding);
    return table;
}

std::string whole_phrase(const NominationInput& input) {
    const rules::Finding& finding = input.eligibility.finding;
    return finding.value == rules::Value::Met ? "đủ điều kiện theo các kết luận đã ghi nhận"
                                              : std::string(rules::vietnamese(finding.value));
}

std::string reviewed_phrase(const NominationInput& input) {
    const rules::ReviewCounts* counts = find_review(input.eligibility.finding);
    return counts == nullptr ? "" : "Rà soát TTHC: " + rules::review_text(*counts);
}

official::Table evidence_table(const NominationInput& input) {
    official::Table table;
    table.columns = {
        {"TT", 9, Align::Centre},
        {"Nội dung", 42, Align::Left},
        {"Minh chứng đã nộp", 60, Align::Left},
        {"Văn bản, ngày", 34, Align::Left},
        {"Trạng thái", 26, Align::Centre}};
    for (const Evidence& evidence : input.evidence) {
        const std::string day = evidence.day ? format_day(*evidence.day) : "";
        const bool has_both = !day.empty() && !evidence.document.empty();
        table.rows.push_back({
            {{Span::Kind::Plain, std::to_string(table.rows.size() + 1)}},
            {{Span::Kind::Plain, topic_name(input.campaign, evidence.topic)}},
            {{Span::Kind::Plain, evidence.title}},
            {{Span::Kind::Plain, evidence.document + (has_both ? ", " : "") + day}},
            {{Span::Kind::Plain, std::string(rules::vietnamese(evidence.state))}},
        });
    }
    return table;
}

}  // namespace thidua::reports::drafts
