// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/drafts/phrases.hpp"

#include "core/result.hpp"
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

rules::Fitness worst_of(const rules::UnitStanding& unit) {
    auto worst = rules::Fitness::Final;
    for (const rules::Figure& figure : unit.figures) {
        worst = std::max(worst, figure.fitness);
    }
    return worst;
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
    return fmt::format(
        "tính đến hết ngày {}, theo số liệu ghi nhận lúc {} (tình trạng số liệu: {})",
        format_day(standings.as_of),
        format_instant(standings.known_at),
        format_fitness(worst_of(unit))
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

std::vector<docx::FormTexts> items_of(
    const official::Table& table, std::initializer_list<std::string_view> names
) {
    check(names.size() == table.columns.size(), "items_of: a name per column");
    std::vector<docx::FormTexts> items;
    for (const std::vector<official::Line>& row : table.rows) {
        docx::FormTexts& item = items.emplace_back();
        for (std::size_t at = 0; at < row.size(); ++at) {
            std::string& text = item[std::string(*(names.begin() + at))];
            for (const Span& span : row[at]) {
                text += span.kind == Span::Kind::Break ? "; " : span.text;
            }
        }
    }
    return items;
}

docx::FormValues agency_values(const Texts& texts, const Campaign& campaign) {
    return {
        {{"co_quan_chu_quan", texts.parent_organisation},
         {"co_quan", texts.organisation},
         {"ky_hieu", texts.short_name},
         {"dia_danh", texts.place},
         {"quyen_han_ky", texts.signer.authority},
         {"chuc_vu_ky", texts.signer.title},
         {"nguoi_ky", texts.signer.name},
         {"dot_thi_dua", campaign.name},
         {"ke_hoach", cite_plan(campaign)}},
        {}};
}

void add_unit_values(
    docx::FormValues& values,
    const Campaign& campaign,
    const rules::Standings& standings,
    const rules::UnitStanding& unit
) {
    values.texts["don_vi"] = unit.name;
    values.texts["ma_don_vi"] = unit.code;
    values.texts["tinh_den_ngay"] = format_day(standings.as_of);
    values.texts["ghi_nhan_luc"] = format_instant(standings.known_at);
    values.texts["tinh_trang_so_lieu"] = format_fitness(worst_of(unit));
    values.lists["chi_tieu"] = items_of(
        figures_table(campaign, unit),
        {"tt", "ten", "ket_qua", "muc_giao", "danh_gia", "ma_tra_cuu"}
    );
}

}  // namespace thidua::reports::drafts
