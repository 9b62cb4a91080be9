// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/digest.hpp"

#include "reports/digest_facts.hpp"
#include "reports/digest_news.hpp"
#include "reports/digest_tables.hpp"
#include "reports/format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports {
namespace {

/// What fits on a phone's first screen; the table below has them all.
constexpr std::size_t below_max = 5;

/// Enough of a hash to tell two configurations, or two chains of entries, apart.
constexpr std::size_t hash_letters = 12;

int year_of(Day day) {
    return static_cast<int>(std::chrono::year_month_day{day}.year());
}

std::string name_week(const DigestInput& input, IsoWeek week) {
    return format_week(week, year_of(input.campaign.start));
}

/// "14/10–20/10/2024": the days of the week that the campaign covers.
std::string describe_days(const DigestInput& input) {
    const Day from = std::max(monday_of(input.week), input.campaign.start);
    const Day to = std::min(sunday_of(input.week), input.campaign.end);
    const Day last = std::min(to, input.standings.as_of);
    std::string days = format_day(last);
    if (from < last) {
        const std::string first = format_day(from);
        days = (year_of(from) == year_of(last) ? first.substr(0, first.rfind('/')) : first) + "–" +
               days;
    }
    return days + (last < to ? ", chưa trọn tuần" : "");
}

std::string describe_period(const DigestInput& input) {
    return fmt::format(
        "{} ({}), lũy kế từ {} đến hết ngày {}",
        name_week(input, input.week),
        describe_days(input),
        format_day(input.campaign.start),
        format_day(input.standings.as_of)
    );
}

std::string describe_source(const SourceStatus& source) {
    if (!source.data_through) {
        return fmt::format("{} {}", source_title(source), format_state(source.state));
    }
    // A pull may be fresh and still not reach far enough: what a reader has to know is how far.
    const auto state =
        source.state == SourceStatus::State::Fresh ? SourceStatus::State::Stale : source.state;
    return fmt::format(
        "{} {}, số liệu mới đến {}",
        source_title(source),
        format_state(state),
        format_instant(*source.data_through)
    );
}

/// The sources that are not as they should be, in one clause; empty if all are.
std::string describe_troubles(const DigestInput& input) {
    std::string text;
    for (const SourceStatus& source : needed_sources(input)) {
        if (source.state != SourceStatus::State::Fresh || source.past_limit) {
            text += (text.empty() ? "" : "; ") + describe_source(source);
        }
    }
    return text;
}

Notice status_notice(const DigestInput& input) {
    const rules::Fitness fitness = input.standings.fitness;
    const std::string troubles = describe_troubles(input);
    const std::string tail = troubles.empty() ? "" : " " + troubles + ".";
    const std::string label(format_status(fitness));
    switch (fitness) {
        case rules::Fitness::Final:
            return {Notice::Level::Calm, label, "Số liệu không thay đổi nữa." + tail};
        case rules::Fitness::Reconciled:
            return {Notice::Level::Calm, label, "Các nguồn khớp nhau trong giới hạn." + tail};
        case rules::Fitness::Provisional:
            return {Notice::Level::Calm, label, "Số liệu còn có thể thay đổi." + tail};
        case rules::Fitness::Unreconciled:
            return {
                Notice::Level::Warning,
                label,
                "Chênh lệch giữa các nguồn chưa rõ nguyên nhân; chỉ để tham khảo." + tail};
        case rules::Fitness::Missing:
            return {
                Notice::Level::Alarm,
                label,
                tail.empty() ? "Chưa đủ số liệu để đánh giá." : tail.substr(1)};
    }
    check(false, "status_notice: a known Fitness");
    return {};
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
            "Bản tin gửi muộn hơn lịch; kỳ báo cáo vẫn là " + name_week(input, input.week) + "."});
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
            name_week(input, week_of(before)),
            format_day(before)
        )});
        blocks.emplace_back(compose_changes(input));
    }
}

std::string explain_ranking(const DigestInput& input) {
    std::string text =
        "✓ đạt, ✗ chưa đạt; kèm mỗi tỷ lệ là số đếm. Hạng xếp theo số chỉ tiêu đạt, rồi tỷ lệ "
        "thanh toán trực tuyến, rồi tỷ lệ dịch vụ công phát sinh hồ sơ trực tuyến; bằng nhau thì "
        "đồng hạng (1, 2, 2, 4).";
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
    blocks.emplace_back(Heading{"Xếp hạng đơn vị"});
    blocks.emplace_back(units_table(input));
    blocks.emplace_back(Note{explain_ranking(input)});
    if (Table branches = branches_table(input); !branches.rows.empty()) {
        blocks.emplace_back(Heading{"Đơn vị trực thuộc"});
        blocks.emplace_back(std::move(branches));
    }
    blocks.emplace_back(Heading{"Nguồn số liệu"});
    blocks.emplace_back(sources_table(input));
    blocks.emplace_back(Heading{"Cách tính"});
    blocks.emplace_back(definitions(input));
    blocks.emplace_back(Note{
        "Tỷ lệ làm tròn một chữ số thập phân, không bao giờ làm tròn qua chỉ tiêu; thay đổi tính "
        "trên số đếm. Cần thêm: số trường hợp đã có cần chuyển sang trực tuyến để đạt chỉ tiêu; "
        "trong ngoặc là số hồ sơ mới cần có nếu tất cả hồ sơ mới đều trực tuyến."});
}

/// Without any answer there is no count either, and 0 would be a lie.
std::string describe_unmapped(const rules::Standings& standings) {
    const bool is_known = std::ranges::any_of(standings.total.figures, [](const auto& figure) {
        return figure.counts.has_value();
    });
    return is_known ? format_count(standings.unmapped) + " hồ sơ" : "thiếu số liệu";
}

/// "Dấu kiểm tra sổ ghi: số 1.234, a1b2c3d4e5f6…", as `thidua audit verify --seal` takes it.
std::string describe_seal(const DigestInput& input) {
    return input.seal ? fmt::format(
                            " Dấu kiểm tra sổ ghi: số {}, {}…",
                            format_count(input.seal->number),
                            input.seal->hash.substr(0, hash_letters)
                        )
                      : "";
}

std::string describe_provenance(const DigestInput& input) {
    return fmt::format(
        "Số liệu lũy kế đến hết ngày {}, theo những gì hệ thống ghi nhận đến {} (giờ Việt Nam, "
        "UTC+7). Chưa ánh xạ: {}. Đợt thi đua: {}. Cấu hình: {}.{}",
        format_day(input.standings.as_of),
        format_instant(input.standings.known_at),
        describe_unmapped(input.standings),
        input.campaign.id,
        input.config_hash.substr(0, hash_letters),
        describe_seal(input)
    );
}

}  // namespace

Document weekly_digest(const DigestInput& input) {
    Document document;
    document.subject = compose_subject(input);
    document.organisation = root_name(input.standings);
    document.title = "Bản tin thi đua";
    document.period = describe_period(input);
    add_first_screen(document.blocks, input);
    add_tables(document.blocks, input);
    if (!input.recipients.empty()) {
        document.blocks.emplace_back(Recipients{input.recipients});
    }
    document.blocks.emplace_back(Note{describe_provenance(input)});
    document.preview = compose_headline(input).text + " Đề nghị: " + compose_request(input).text;
    return document;
}

}  // namespace thidua::reports
