// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/unit_edition.hpp"

#include "reports/action_phrases.hpp"
#include "reports/digest_facts.hpp"
#include "reports/digest_tables.hpp"
#include "reports/figure_status.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"
#include "reports/trend.hpp"
#include "rules/reason_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace thidua::reports {
namespace {

/// So many weeks are listed.
constexpr std::size_t past_weeks_max = 8;

const rules::UnitStanding& unit_of(const UnitEditionInput& input) {
    return input.digest.standings.total;
}

/// "đạt 1/2 chỉ tiêu được giao, xếp hạng 3"; what is not known or did not happen is not counted.
Headline headline(const UnitEditionInput& input) {
    int targets = 0;
    int met = 0;
    bool is_sure = true;
    for (const rules::Figure& figure : unit_of(input).figures) {
        if (!figure.target || figure.verdict == rules::Verdict::NoActivity) {
            continue;
        }
        ++targets;
        met += figure.verdict == rules::Verdict::Met ? 1 : 0;
        is_sure = is_sure && is_fit(figure);
    }
    if (targets == 0) {
        return {Headline::Tone::Open, "Chưa phát sinh ở chỉ tiêu nào được giao."};
    }
    std::string text = fmt::format(
        "{} {}/{} chỉ tiêu được giao", is_sure ? "Đạt" : "Theo số liệu chưa đủ: đạt", met, targets
    );
    if (const auto rank = unit_of(input).rank) {
        text += fmt::format(", xếp hạng {}", *rank);
    }
    const auto tone = !is_sure         ? Headline::Tone::Open
                      : met == targets ? Headline::Tone::Good
                                       : Headline::Tone::Bad;
    return {tone, text + "."};
}

KeyFigures key_figures(const UnitEditionInput& input) {
    KeyFigures block;
    for (const Indicator& indicator : input.digest.campaign.indicators) {
        block.figures.push_back({
            .name = std::string(short_name(indicator)),
            .value = percent_of(unit_of(input), indicator),
            .gap = gap_of(unit_of(input), indicator),
            .change = change_of(input.digest, unit_of(input), indicator),
        });
    }
    return block;
}

Bullets what_is_left(
    const UnitEditionInput& input, const Indicator& indicator, const rules::FigureActions& actions
) {
    Bullets bullets;
    const auto add = [&](std::string label, const std::string& text) {
        if (!text.empty()) {
            bullets.items.push_back({std::move(label), capitalise(text)});
        }
    };
    add("Còn thiếu", gap_phrase(gap_of(unit_of(input), indicator)));
    if (actions.expected) {
        add("Dự kiến", expected_phrase(*actions.expected));
    }
    if (actions.pace) {
        add("Nhịp", pace_phrase(*actions.pace, indicator.kind));
    }
    const rules::Figure* figure = find_figure(unit_of(input), indicator);
    if (actions.forecast && figure->target) {
        add("Dự báo", forecast_phrase(*actions.forecast, *figure->target));
    }
    return bullets;
}

Table causes_table(
    const UnitEditionInput& input, IndicatorKind kind, const rules::FigureActions& actions
) {
    Table table{.label_title = "Thủ tục", .columns = {"Chưa đạt yêu cầu"}, .rows = {}};
    for (const rules::Cause& cause : actions.causes) {
        const Procedure* procedure = cause.procedure < input.procedures.size()
                                         ? &input.procedures[cause.procedure]
                                         : nullptr;
        table.rows.push_back({
            .kind = Table::RowKind::Plain,
            .rank = std::nullopt,
            .label = procedure == nullptr ? "Ngoài danh mục"
                                          : join({procedure->code, procedure->name}, " "),
            .cells = {Text{capitalise(cause_phrase(cause, actions.missed, kind))}},
        });
    }
    return table;
}

/// Of each indicator that is below its target: how many more, at what pace, of which procedures.
void add_work(std::vector<Block>& blocks, const UnitEditionInput& input) {
    const std::vector<Indicator>& indicators = input.digest.campaign.indicators;
    for (std::size_t at = 0; at < indicators.size() && at < input.actions.size(); ++at) {
        const rules::Figure* figure = find_figure(unit_of(input), indicators[at]);
        if (figure == nullptr || !is_below(*figure)) {
            continue;
        }
        blocks.emplace_back(Heading{fmt::format("Việc cần làm: {}", short_name(indicators[at]))});
        blocks.emplace_back(what_is_left(input, indicators[at], input.actions[at]));
        if (Table causes = causes_table(input, indicators[at].kind, input.actions[at]);
            !causes.rows.empty()) {
            blocks.emplace_back(std::move(causes));
        }
    }
}

/// How many dossiers, and what to do about them; their codes are no part of a report.
void add_repairs(std::vector<Block>& blocks, const UnitEditionInput& input) {
    std::array<std::set<std::string_view>, rules::reason_count> dossiers;
    for (const rules::Difference& difference : input.differences) {
        if (rules::needs_fixing(difference.reason)) {
            dossiers.at(static_cast<std::size_t>(difference.reason)).insert(difference.dossier);
        }
    }
    Table table{.label_title = "Nguyên nhân", .columns = {"Số hồ sơ", "Cách xử lý"}, .rows = {}};
    for (std::size_t at = 0; at < dossiers.size(); ++at) {
        const auto reason = static_cast<rules::Reason>(at);
        if (!dossiers.at(at).empty()) {
            table.rows.push_back({
                .kind = Table::RowKind::Plain,
                .rank = std::nullopt,
                .label = capitalise(std::string(rules::vietnamese(reason))),
                .cells =
                    {Count{std::ssize(dossiers.at(at))}, Text{std::string(rules::remedy(reason))}},
            });
        }
    }
    if (table.rows.empty()) {
        return;
    }
    blocks.emplace_back(Heading{"Hồ sơ cần đối chiếu, sửa"});
    blocks.emplace_back(std::move(table));
    blocks.emplace_back(Note{
        "Số hồ sơ mà các nguồn ghi khác nhau. Danh sách mã hồ sơ lấy tại Văn phòng Sở (thidua "
        "reconcile --unit " +
        unit_of(input).code + " --dossiers)."});
}

void add_past(std::vector<Block>& blocks, const UnitEditionInput& input) {
    const auto all = input.digest.past;
    const auto shown = all.last(std::min(all.size(), past_weeks_max));
    if (shown.empty()) {
        return;
    }
    add_trends(blocks, input.digest);
    Table table{.label_title = "Tuần", .columns = {}, .rows = {}};
    for (const Indicator& indicator : input.digest.campaign.indicators) {
        table.columns.emplace_back(short_name(indicator));
    }
    for (const PastWeek& past : shown) {
        table.rows.push_back({
            .kind = Table::RowKind::Plain,
            .rank = std::nullopt,
            .label = name_week(input.digest.campaign, past.week),
            .cells = std::vector<Cell>(past.figures.begin(), past.figures.end()),
        });
    }
    blocks.emplace_back(Heading{"Các tuần trước, như đã công bố"});
    blocks.emplace_back(std::move(table));
}

std::string subject(const UnitEditionInput& input) {
    const Indicator& indicator = primary_indicator(input.digest);
    const Percent value = percent_of(unit_of(input), indicator);
    const Gap gap = gap_of(unit_of(input), indicator);
    std::string text = fmt::format(
        "[{}] {}[{}] {}: {} {}",
        format_status(input.digest.standings.fitness),
        input.digest.is_late ? "[GỬI BÙ] " : "",
        name_week(input.digest.campaign, input.digest.week),
        unit_of(input).name,
        short_name(indicator),
        format_value(value)
    );
    if (gap.convert) {
        return text +
               fmt::format(" – thiếu {} {}", format_count(*gap.convert), counted_noun(gap.kind));
    }
    const std::string verdict = format_verdict(value);
    return text + (verdict.empty() ? "" : " – " + verdict);
}

}  // namespace

Document unit_edition(const UnitEditionInput& input) {
    Document document;
    const Headline verdict = headline(input);
    document.organisation = unit_of(input).name;
    document.title = "Bản tin thi đua của đơn vị";
    document.period = fmt::format(
        "{}, lũy kế từ {} đến hết ngày {}",
        name_week(input.digest.campaign, input.digest.week),
        format_day(input.digest.campaign.start),
        format_day(input.digest.standings.as_of)
    );
    document.subject = with_prefix(input.digest.texts, subject(input));
    document.known_at = input.digest.standings.known_at;
    document.preview = verdict.text;
    std::vector<Block>& blocks = document.blocks;
    blocks.emplace_back(status_notice(input.digest));
    if (input.digest.is_late) {
        blocks.emplace_back(Notice{
            Notice::Level::Warning, "GỬI BÙ", "Bản tin gửi muộn hơn lịch; kỳ báo cáo vẫn như trên."}
        );
    }
    blocks.emplace_back(verdict);
    blocks.emplace_back(key_figures(input));
    add_work(blocks, input);
    add_repairs(blocks, input);
    if (Table branches = branches_table(input.digest); !branches.rows.empty()) {
        blocks.emplace_back(Heading{"Đơn vị trực thuộc"});
        blocks.emplace_back(std::move(branches));
    }
    add_past(blocks, input);
    blocks.emplace_back(Heading{"Nguồn số liệu"});
    blocks.emplace_back(sources_table(input.digest));
    blocks.emplace_back(Heading{"Cách tính"});
    blocks.emplace_back(definitions(input.digest));
    add_closing(blocks, input.digest.texts, input.digest.recipients);
    blocks.emplace_back(Note{describe_provenance(input.digest)});
    return document;
}

}  // namespace thidua::reports
