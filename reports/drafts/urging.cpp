// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/drafts/urging.hpp"

#include "reports/action_phrases.hpp"
#include "reports/digest_facts.hpp"
#include "reports/drafts/phrases.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace thidua::reports::drafts {
namespace {

using official::Span;

constexpr std::size_t causes_shown = 10;

/// One target that the unit misses.
struct Missed {
    const Indicator& indicator;
    const rules::Figure& figure;
    const rules::FigureActions& actions;
};

const rules::UnitStanding& unit_of(const UrgingInput& input) {
    return input.standings.units[input.unit];
}

std::vector<Missed> missed_by(const UrgingInput& input) {
    std::vector<Missed> missed;
    const rules::UnitStanding& unit = unit_of(input);
    for (std::size_t at = 0; at < unit.figures.size(); ++at) {
        if (is_below(unit.figures[at])) {
            missed.push_back(
                {input.measured.campaign.indicators[at],
                 unit.figures[at],
                 input.actions.units[input.unit][at]}
            );
        }
    }
    return missed;
}

void add_sentence(std::vector<official::Block>& blocks, const std::string& text) {
    if (!text.empty()) {
        blocks.emplace_back(official::Bullet{{{Span::Kind::Plain, capitalise(text) + "."}}});
    }
}

/// "a) Thanh toán trực tuyến: 180/400 hồ sơ (45,0 %), chỉ tiêu trên 45 %", then what is lacking.
void add_gap(std::vector<official::Block>& blocks, const UrgingInput& input, const Missed& missed) {
    const rules::UnitStanding& unit = unit_of(input);
    const Gap gap = gap_of(unit, missed.indicator);
    const Ratio& counts = *missed.figure.counts;
    blocks.emplace_back(official::Paragraph{
        {{Span::Kind::Bold, missed.indicator.name + ": "},
         {Span::Kind::Plain,
          fmt::format(
              "{} {} ({}), chỉ tiêu {}.",
              format_counts(counts),
              counted_noun(missed.indicator.kind),
              format_ratio(counts, missed.figure.target),
              format_target(*missed.figure.target)
          )}}});
    add_sentence(blocks, gap_phrase(gap));
    if (missed.actions.expected) {
        add_sentence(blocks, expected_phrase(*missed.actions.expected));
    }
    if (missed.actions.pace) {
        add_sentence(blocks, pace_phrase(*missed.actions.pace, missed.indicator.kind));
    }
}

official::Table causes_table(const UrgingInput& input, const Missed& missed) {
    official::Table table;
    table.columns = {
        {"TT", 11, Align::Centre},
        {"Mã TTHC", 26, Align::Centre},
        {"Tên thủ tục hành chính", 82, Align::Left},
        {missed.indicator.kind == IndicatorKind::ServicesOnline ? "Tình hình" : "Hồ sơ chưa đạt",
         46,
         Align::Left}};
    const std::size_t shown = std::min(missed.actions.causes.size(), causes_shown);
    for (const rules::Cause& cause : std::span(missed.actions.causes).first(shown)) {
        const bool is_known = cause.procedure < input.measured.procedures.size();
        const Procedure* procedure =
            is_known ? &input.measured.procedures[cause.procedure] : nullptr;
        table.rows.push_back({
            {{Span::Kind::Plain, std::to_string(table.rows.size() + 1)}},
            {{Span::Kind::Plain, procedure == nullptr ? "–" : procedure->code}},
            {{Span::Kind::Plain, procedure == nullptr ? "Ngoài danh mục" : procedure->name}},
            {{Span::Kind::Plain,
              cause_phrase(cause, missed.actions.missed, missed.indicator.kind)}},
        });
    }
    return table;
}

void add_causes(
    std::vector<official::Block>& blocks, const UrgingInput& input, const Missed& missed
) {
    if (missed.actions.causes.empty()) {
        return;
    }
    const std::size_t hidden =
        missed.actions.causes.size() - std::min(missed.actions.causes.size(), causes_shown);
    blocks.push_back(plain_paragraph(fmt::format(
        "{}{}:",
        missed.indicator.name,
        hidden == 0 ? ""
                    : fmt::format(
                          " ({} thủ tục; dưới đây là {} thủ tục đầu theo khối lượng)",
                          missed.actions.causes.size(),
                          causes_shown
                      )
    )));
    blocks.emplace_back(causes_table(input, missed));
}

void add_requests(std::vector<official::Block>& blocks, const UrgingInput& input) {
    const rules::UnitStanding& unit = unit_of(input);
    blocks.emplace_back(official::Heading{official::Heading::Level::Section, "4. Đề nghị"});
    blocks.emplace_back(official::Bullet{
        {{Span::Kind::Plain,
          fmt::format(
              "{} rà soát, tập trung thực hiện các thủ tục nêu tại mục 3 để đạt chỉ tiêu trước khi "
              "đợt thi đua kết thúc (ngày {}).",
              unit.name,
              format_day(input.measured.campaign.end)
          )}}});
    blocks.emplace_back(official::Bullet{{prompt(office, "yêu cầu cụ thể khác, nếu có")}});
    blocks.emplace_back(official::Bullet{
        {{Span::Kind::Plain, "Báo cáo biện pháp thực hiện, khó khăn, vướng mắc về Văn phòng Sở "},
         {Span::Kind::Plain, "trước ngày "},
         prompt(office, "thời hạn"),
         {Span::Kind::Plain, "./."}}});
}

}  // namespace

official::Paper urging(const UrgingInput& input) {
    const Texts& texts = input.texts;
    const Campaign& campaign = input.measured.campaign;
    const rules::UnitStanding& unit = unit_of(input);
    official::Paper paper;
    paper.file_title = "Công văn đôn đốc " + unit.name;
    paper.letterhead = agency_letterhead(
        texts,
        "/" + texts.short_name + (texts.drafted_by.empty() ? "" : "-" + texts.drafted_by),
        year_of(day_of(input.standings.known_at))
    );
    paper.letterhead.about = "đôn đốc thực hiện chỉ tiêu của đợt thi đua";
    paper.addressees = {unit.name};
    auto& blocks = paper.blocks;
    blocks.push_back(plain_paragraph(fmt::format("Thực hiện {};", cite_plan(campaign))));
    blocks.push_back(plain_paragraph(fmt::format(
        "Qua theo dõi, kết quả của {} {} như sau:", unit.name, as_of_phrase(input.standings, unit)
    )));
    blocks.emplace_back(official::Heading{official::Heading::Level::Section, "1. Kết quả"});
    blocks.emplace_back(figures_table(campaign, unit));
    blocks.push_back(reference_note());
    const std::vector<Missed> missed = missed_by(input);
    blocks.emplace_back(official::Heading{
        official::Heading::Level::Section, "2. Chỉ tiêu chưa đạt và phần còn thiếu"});
    for (const Missed& each : missed) {
        add_gap(blocks, input, each);
    }
    blocks.emplace_back(official::Heading{
        official::Heading::Level::Section, "3. Thủ tục cần tập trung"});
    for (const Missed& each : missed) {
        add_causes(blocks, input, each);
    }
    add_requests(blocks, input);
    paper.signatures = {agency_signature(texts)};
    paper.recipients = texts.urging.recipients;
    paper.properties = properties_of(input.standings, unit);
    return paper;
}

docx::FormValues urging_values(const UrgingInput& input) {
    const Campaign& campaign = input.measured.campaign;
    docx::FormValues values = agency_values(input.texts, campaign);
    add_unit_values(values, campaign, input.standings, unit_of(input));
    auto& causes = values.lists["thu_tuc"];
    for (const Missed& missed : missed_by(input)) {
        auto items = items_of(causes_table(input, missed), {"tt", "ma", "ten", "chua_dat"});
        for (docx::FormTexts& item : items) {
            item["chi_tieu"] = missed.indicator.name;
            causes.push_back(std::move(item));
        }
    }
    return values;
}

}  // namespace thidua::reports::drafts
