// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/drafts/phrases.hpp"

#include "reports/digest_facts.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports::drafts {
namespace {

using official::Span;

/// With which the titles of documents begin.
constexpr std::string_view kinds[] = {
    "Kế hoạch", "Quyết định", "Nghị định", "Nghị quyết", "Thông tư", "Chỉ thị", "Công văn", "Luật"};

/// 06/6/2024: of months 1 and 2 alone have a leading zero, so that nobody can add a digit.
std::string official_day(Day day) {
    const std::chrono::year_month_day date(day);
    const unsigned month{date.month()};
    return fmt::format(
        "{:02}/{}{}/{}", unsigned{date.day()}, month < 3 ? "0" : "", month, int{date.year()}
    );
}

std::string verdict_of(const Percent& percent) {
    if (!percent.counts || !percent.verdict) {
        return percent.counts ? "không giao chỉ tiêu" : "";
    }
    return format_verdict(percent);
}

official::Line counts_and_value(const Percent& percent, IndicatorKind kind) {
    std::string text = format_value(percent);
    if (percent.counts) {
        text = fmt::format("{} {}", format_counts(*percent.counts), counted_noun(kind));
        if (percent.counts->denominator > 0) {
            text += fmt::format(" ({})", format_ratio(*percent.counts, percent.target));
        }
    }
    return {{Span::Kind::Plain, text}};
}

}  // namespace

official::Span prompt(std::string_view who, std::string_view what) {
    return {Span::Kind::Prompt, fmt::format("[{}: {}]", who, what)};
}

official::Block prompt_paragraph(std::string_view who, std::string_view what) {
    return official::Paragraph{{prompt(who, what)}};
}

official::Block plain_paragraph(std::string text) {
    return official::Paragraph{{{Span::Kind::Plain, std::move(text)}}};
}

std::string cite(const thidua::Document& document) {
    std::string_view kind = "Văn bản";
    std::string_view rest = document.title;
    for (const std::string_view each : kinds) {
        if (rest.starts_with(each)) {
            kind = each;
            rest.remove_prefix(each.size());
            break;
        }
    }
    const bool is_blank = document.number.empty() || document.number.starts_with('/');
    std::string text = fmt::format(
        "{} số {}{} ngày {}",
        kind,
        is_blank ? "……" : "",
        document.number,
        document.day ? official_day(*document.day) : "……/……/……"
    );
    text += document.issuer.empty() ? "" : " của " + document.issuer;
    while (rest.starts_with(' ')) {
        rest.remove_prefix(1);
    }
    return text + (rest.empty() ? "" : " " + std::string(rest));
}

std::string cite_plan(const Campaign& campaign) {
    return campaign.plan.documents.empty() ? campaign.name : cite(campaign.plan.documents.front());
}

official::Letterhead agency_letterhead(const Texts& texts, std::string symbol, int year) {
    return {
        .parent = texts.parent_organisation,
        .organisation = texts.organisation,
        .symbol = std::move(symbol),
        .about = "",
        .place = texts.place,
        .year = year};
}

official::Signature agency_signature(const Texts& texts) {
    return {texts.signer.authority, texts.signer.title, "", texts.signer.name};
}

int year_of(Day day) {
    return static_cast<int>(std::chrono::year_month_day(day).year());
}

official::Table figures_table(const Campaign& campaign, const rules::UnitStanding& unit) {
    using Align = official::Table::Align;
    official::Table table;
    table.columns = {
        {"TT", 11, Align::Centre},
        {"Chỉ tiêu", 44, Align::Left},
        {"Kết quả", 38, Align::Left},
        {"Mức giao", 27, Align::Centre},
        {"Đánh giá", 30, Align::Centre},
        {"Mã tra cứu", 26, Align::Centre}};
    for (const Indicator& indicator : campaign.indicators) {
        const Percent percent = percent_of(unit, indicator);
        const std::string mark = format_mark(percent);
        const std::string verdict = verdict_of(percent);
        table.rows.push_back({
            {{Span::Kind::Plain, std::to_string(table.rows.size() + 1)}},
            {{Span::Kind::Plain, indicator.name}},
            counts_and_value(percent, indicator.kind),
            {{Span::Kind::Plain, percent.target ? format_target(*percent.target) : "–"}},
            {{Span::Kind::Plain, mark.empty() ? verdict : join({verdict, "(" + mark + ")"}, " ")}},
            {{Span::Kind::Reference, percent.figure}},
        });
    }
    return table;
}

std::string as_of_phrase(const rules::Standings& standings, const rules::UnitStanding& unit) {
    auto worst = rules::Fitness::Final;
    for (const rules::Figure& figure : unit.figures) {
        worst = std::max(worst, figure.fitness);
    }
    return fmt::format(
        "tính đến hết ngày {}, theo số liệu ghi nhận lúc {} (tình trạng số liệu: {})",
        format_day(standings.as_of),
        format_instant(standings.known_at),
        format_fitness(worst)
    );
}

official::Block reference_note() {
    return official::Paragraph{
        {{Span::Kind::Reference,
          "Mã tra cứu: mỗi con số tra lại được từng hồ sơ, giao dịch và đợt lấy số liệu bằng lệnh "
          "“thidua explain MÃ”."}}};
}

std::vector<std::pair<std::string, std::string>> properties_of(
    const rules::Standings& standings, const rules::UnitStanding& unit
) {
    std::vector<std::pair<std::string, std::string>> properties{
        {"thidua.campaign", standings.campaign},
        {"thidua.as_of", to_text(standings.as_of)},
        {"thidua.known_at", to_text(standings.known_at)}};
    for (const rules::Figure& figure : unit.figures) {
        properties.emplace_back(
            "thidua.figure." + figure.id,
            fmt::format(
                "{} {} {}",
                unit.code,
                figure.indicator,
                figure.counts ? format_counts(*figure.counts) : "unknown"
            )
        );
    }
    return properties;
}

}  // namespace thidua::reports::drafts
