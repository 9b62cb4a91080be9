// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/digest.hpp"

#include "reports/alert_notice.hpp"
#include "reports/digest_facts.hpp"
#include "reports/digest_news.hpp"
#include "reports/digest_practice.hpp"
#include "reports/digest_restatements.hpp"
#include "reports/digest_tables.hpp"
#include "reports/figure_status.hpp"
#include "reports/format.hpp"
#include "reports/trend.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports {
namespace {

/// What fits on a phone's first screen; the table below has them all.
constexpr std::size_t below_max = 5;

/// "14/10–20/10/2024": the days of the week that the campaign covers.
std::string describe_days(const DigestInput& input) {
    const Day from = std::max(monday_of(input.week), input.campaign.start);
    const Day to = std::min(sunday_of(input.week), input.campaign.end);
    const Day last = std::min(to, input.standings.as_of);
    return format_days(std::min(from, last), last) + (last < to ? ", chưa trọn tuần" : "");
}

std::string describe_period(const DigestInput& input) {
    return fmt::format(
        "{} ({}), lũy kế từ {} đến hết ngày {}",
        name_week(input.campaign, input.week),
        describe_days(input),
        format_day(input.campaign.start),
        format_day(input.standings.as_of)
    );
}

KeyFigures key_figures(const DigestInput& input) {
    const rules::UnitStanding& total = input.standings.total;
    KeyFigures block;
    for (const Indicator& indicator : input.campaign.indicators) {
        block.figures.push_back({
            .name = std::string(short_name(indicator)),
            .value = percent_of(total, indicator),
            .gap = gap_of(total, indicator),
            .change = change_of(input, total, indicator),
        });
    }
    return block;
}

BelowTarget below_target(const DigestInput& input) {
    BelowTarget block;
    for (const rules::UnitStanding* unit : units_below(input)) {
        if (block.units.size() == below_max) {
            ++block.hidden;
            continue;
        }
        BelowTarget::Unit below{.name = unit->name, .shortfalls = {}};
        for (const Indicator& indicator : input.campaign.indicators) {
            const rules::Figure* figure = find_figure(*unit, indicator);
            if (figure != nullptr && is_below(*figure)) {
                below.shortfalls.push_back({
                    .indicator = std::string(short_name(indicator)),
                    .value = percent_of(*unit, indicator),
                    .gap = gap_of(*unit, indicator),
                });
            }
        }
        block.units.push_back(std::move(below));
    }
    return block;
}

void add_first_screen(std::vector<Block>& blocks, const DigestInput& input) {
    blocks.emplace_back(status_notice(input));
    if (input.is_late) {
        blocks.emplace_back(Notice{
            Notice::Level::Warning,
            "GỬI BÙ",
            "Bản tin gửi muộn hơn lịch; kỳ báo cáo vẫn là " +
                name_week(input.campaign, input.week) + "."});
    }
    blocks.emplace_back(compose_headline(input));
    blocks.emplace_back(key_figures(input));
    blocks.emplace_back(compose_request(input));
    if (BelowTarget below = below_target(input); !below.units.empty()) {
        const auto units = static_cast<std::int64_t>(below.units.size()) + below.hidden;
        blocks.emplace_back(Heading{fmt::format("Đơn vị chưa đạt ({})", units)});
        blocks.emplace_back(std::move(below));
    }
    if (input.previous == nullptr) {
        blocks.emplace_back(Heading{"Thay đổi so với tuần trước"});
        blocks.emplace_back(Paragraph{"Kỳ đầu tiên: chưa có tuần trước để so sánh."});
    } else {
        const Day before = input.previous->as_of;
        blocks.emplace_back(Heading{fmt::format(
            "Thay đổi so với {} (đến hết ngày {})",
            name_week(input.campaign, week_of(before)),
            format_day(before)
        )});
        blocks.emplace_back(compose_changes(input));
    }
}

std::string name_of_unit(const DigestInput& input, const std::string& code) {
    const auto& units = input.standings.units;
    const auto unit = std::ranges::find(units, code, &rules::UnitStanding::code);
    return unit == units.end() ? code : unit->name;
}

/// Who is not reminded for a while, on whose word and why; nothing if there is nobody.
void add_silences(std::vector<Block>& blocks, const DigestInput& input) {
    Bullets bullets;
    for (const Silence& silence : input.silences) {
        if (!is_in_force(silence, day_of(input.standings.known_at))) {
            continue;
        }
        const auto indicator =
            std::ranges::find(input.campaign.indicators, silence.indicator, &Indicator::id);
        bullets.items.push_back(
            {"",
             silence_phrase(
                 silence,
                 silence.unit.empty() ? "" : name_of_unit(input, silence.unit),
                 indicator == input.campaign.indicators.end() ? silence.indicator
                                                              : short_name(*indicator)
             ) + "; " +
                 silence.by}
        );
    }
    if (!bullets.items.empty()) {
        blocks.emplace_back(Heading{"Đang tạm ngưng nhắc"});
        blocks.emplace_back(std::move(bullets));
    }
}

std::string explain_ranking(const DigestInput& input) {
    std::string text = "✓ đạt, ✗ chưa đạt; kèm mỗi tỷ lệ là số đếm. " + std::string(ranking_rule);
    if (input.previous != nullptr) {
        text += fmt::format(
            " Thay đổi: {}, điểm phần trăm so với tuần trước.", short_name(primary_indicator(input))
        );
    }
    if (const std::int64_t hidden = count_hidden_units(input); hidden > 0) {
        text += fmt::format(
            " Bản tin nêu tối đa {} đơn vị, giữ các đơn vị xếp cuối; {} đơn vị khác không nêu ở "
            "đây.",
            units_max,
            format_count(hidden)
        );
    }
    return text;
}

void add_tables(std::vector<Block>& blocks, const DigestInput& input) {
    if (BarChart chart = units_chart(input); !chart.bars.empty()) {
        blocks.emplace_back(Heading{
            fmt::format("{} của từng đơn vị", short_name(primary_indicator(input)))});
        blocks.emplace_back(std::move(chart));
    }
    add_trends(blocks, input);
    blocks.emplace_back(Heading{"Xếp hạng đơn vị"});
    blocks.emplace_back(units_table(input));
    blocks.emplace_back(Note{explain_ranking(input)});
    if (Table branches = branches_table(input); !branches.rows.empty()) {
        blocks.emplace_back(Heading{"Đơn vị trực thuộc"});
        blocks.emplace_back(std::move(branches));
    }
    add_reconciliation(blocks, input.campaign, input.standings, input.reconciled);
    add_restatements(blocks, input);
    blocks.emplace_back(Heading{"Nguồn số liệu"});
    blocks.emplace_back(sources_table(input));
    blocks.emplace_back(Heading{"Cách tính"});
    blocks.emplace_back(definitions(input));
    blocks.emplace_back(Note{
        "Tỷ lệ làm tròn một chữ số thập phân, không bao giờ làm tròn qua chỉ tiêu; thay đổi tính "
        "trên số đếm. Cần thêm: số trường hợp đã có cần chuyển sang trực tuyến để đạt chỉ tiêu; "
        "trong ngoặc là số hồ sơ mới cần có nếu tất cả hồ sơ mới đều trực tuyến."});
}

}  // namespace

Document weekly_digest(const DigestInput& input) {
    Document document;
    document.subject = with_prefix(input.texts, compose_subject(input));
    document.organisation = root_name(input.standings);
    document.title = input.texts.title;
    document.period = describe_period(input);
    document.known_at = input.standings.known_at;
    add_first_screen(document.blocks, input);
    add_silences(document.blocks, input);
    add_practice(document.blocks, input);
    add_tables(document.blocks, input);
    add_closing(document.blocks, input.texts, input.recipients);
    document.blocks.emplace_back(Note{describe_provenance(input)});
    document.preview = compose_headline(input).text + " Đề nghị: " + compose_request(input).text;
    return document;
}

}  // namespace thidua::reports
