// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/alert_notice.hpp"

#include "reports/digest_facts.hpp"
#include "reports/digest_tables.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace thidua::reports {
namespace {

const rules::Figure& figure_of(const AlertReminder& reminder) {
    const auto figure = std::ranges::find(
        reminder.unit->figures, reminder.indicator->id, &rules::Figure::indicator
    );
    check(figure != reminder.unit->figures.end(), "alert_notice: who is reminded has the figure");
    return *figure;
}

/// Leaders first, then who needs most.
std::vector<AlertReminder> gravest_first(std::vector<AlertReminder> reminders) {
    std::ranges::stable_sort(reminders, [](const AlertReminder& left, const AlertReminder& right) {
        if (left.step != right.step) {
            return left.step > right.step;
        }
        return figure_of(left).convert.value_or(0) > figure_of(right).convert.value_or(0);
    });
    return reminders;
}

std::size_t count_units(const std::vector<AlertReminder>& reminders) {
    std::set<std::string_view> units;
    for (const AlertReminder& reminder : reminders) {
        units.insert(reminder.unit->code);
    }
    return units.size();
}

Notice fitness_notice(const AlertNoticeInput& input) {
    rules::Fitness worst = rules::Fitness::Final;
    for (const AlertReminder& reminder : input.reminders) {
        worst = std::max(worst, figure_of(reminder).fitness);
    }
    return {
        rules::is_fit(worst) ? Notice::Level::Calm : Notice::Level::Warning,
        std::string(format_status(worst)),
        fmt::format(
            "Số liệu đến hết ngày {}, ghi nhận lúc {}.",
            format_day(input.figures.standings.as_of),
            format_instant(input.figures.standings.known_at)
        )};
}

std::string whole_phrase(const std::vector<AlertReminder>& reminders) {
    const std::size_t units = count_units(reminders);
    if (units == 1) {
        return fmt::format(
            "{} chưa đạt {} chỉ tiêu được giao", reminders.front().unit->name, reminders.size()
        );
    }
    return fmt::format("{} đơn vị chưa đạt chỉ tiêu được giao", units);
}

/// "39,8 % (339/821), chỉ tiêu trên 45 %; cần thêm 61 hồ sơ"
std::string figure_phrase(const AlertReminder& reminder) {
    const rules::Figure& figure = figure_of(reminder);
    std::string text = value_and_mark(percent_of(figure));
    if (figure.counts) {
        text += fmt::format(
            " ({} {})", format_counts(*figure.counts), counted_noun(reminder.indicator->kind)
        );
    }
    if (figure.target) {
        text += ", chỉ tiêu " + format_target(*figure.target);
    }
    const std::string gap = format_gap(gap_of(*reminder.unit, *reminder.indicator));
    return gap.empty() ? text : text + "; " + gap;
}

Bullets bullets_of(const std::vector<AlertReminder>& reminders, AlertStep step) {
    Bullets bullets;
    for (const AlertReminder& reminder : reminders) {
        if (reminder.step != step) {
            continue;
        }
        bullets.items.push_back({
            fmt::format("{}, {}", reminder.unit->name, short_name(*reminder.indicator)),
            fmt::format(
                "{}. Chưa đạt liên tục từ {}. Bước tiếp theo: {}.",
                figure_phrase(reminder),
                format_day(reminder.below_since),
                next_step_phrase(reminder.next)
            ),
        });
    }
    return bullets;
}

std::string step_title(AlertStep step) {
    switch (step) {
        case AlertStep::First:
            return "Nhắc lần 1";
        case AlertStep::Second:
            return "Nhắc lần 2: đã nhắc một lần, vẫn chưa đạt";
        case AlertStep::Leaders:
            return "Báo cáo lãnh đạo: đơn vị đã được nhắc hai lần, vẫn chưa đạt";
    }
    check(false, "step_title: a known AlertStep");
    return "";
}

Request request_of(const std::vector<AlertReminder>& reminders) {
    if (reminders.front().step == AlertStep::Leaders) {
        return {"Lãnh đạo xem xét, chỉ đạo các đơn vị nêu dưới đây."};
    }
    return {
        "Đơn vị rà soát các thủ tục chưa đạt yêu cầu (bản tin tuần của đơn vị nêu từng thủ "
        "tục) và thực hiện trước bước tiếp theo."};
}

/// The ids are for `thidua explain`.
Note provenance(const AlertNoticeInput& input, const std::vector<AlertReminder>& reminders) {
    constexpr std::size_t hash_letters = 12;
    std::vector<std::string> ids;
    for (const AlertReminder& reminder : reminders) {
        ids.push_back(figure_of(reminder).id);
    }
    return {fmt::format(
        "Đợt thi đua: {}. Cấu hình: {}. Mã tra cứu số liệu: {}.",
        input.figures.campaign.id,
        input.figures.config_hash.substr(0, hash_letters),
        join(ids, ", ")
    )};
}

std::string subject_of(const AlertNoticeInput& input, const std::vector<AlertReminder>& reminders) {
    const AlertReminder& first = reminders.front();
    std::string text = fmt::format(
        "[{}] [{}] ",
        fitness_notice(input).label,
        first.step == AlertStep::First    ? "NHẮC LẦN 1"
        : first.step == AlertStep::Second ? "NHẮC LẦN 2"
                                          : "BÁO CÁO LÃNH ĐẠO"
    );
    if (reminders.size() > 1) {
        return text + whole_phrase(reminders);
    }
    text += fmt::format(
        "{}: {} {}",
        first.unit->name,
        short_name(*first.indicator),
        format_value(percent_of(figure_of(first)))
    );
    const Gap gap = gap_of(*first.unit, *first.indicator);
    return gap.convert
               ? text + fmt::format(
                            " – thiếu {} {}", format_count(*gap.convert), counted_noun(gap.kind)
                        )
               : text + " – chưa đạt";
}

}  // namespace

std::string_view vietnamese(AlertStep step) {
    switch (step) {
        case AlertStep::First:
            return "nhắc lần 1";
        case AlertStep::Second:
            return "nhắc lần 2";
        case AlertStep::Leaders:
            return "báo cáo lãnh đạo";
    }
    check(false, "vietnamese: a known AlertStep");
    return "";
}

std::string_view vietnamese(AlertState state) {
    switch (state) {
        case AlertState::Inactive:
            return "không cần nhắc";
        case AlertState::Pending:
            return "chưa đạt, chưa đến mức nhắc";
        case AlertState::Firing:
            return "đang nhắc";
        case AlertState::Undetermined:
            return "chưa xác định";
    }
    check(false, "vietnamese: a known AlertState");
    return "";
}

std::string next_step_phrase(const std::optional<rules::NextStep>& next) {
    using Wait = rules::NextStep::Wait;
    if (!next) {
        return "không còn bước nhắc nào";
    }
    if (next->wait == Wait::Frozen) {
        return fmt::format("{}, khi lại có số liệu", vietnamese(next->step));
    }
    if (next->wait == Wait::Recovery) {
        return fmt::format("{}, nếu lại chưa đạt", vietnamese(next->step));
    }
    return fmt::format(
        "{} ngày {} nếu vẫn chưa đạt{}",
        vietnamese(next->step),
        format_day(*next->day),
        next->wait == Wait::Silenced ? " (đang tạm ngưng nhắc)" : ""
    );
}

std::string silence_phrase(
    const Silence& silence, std::string_view name, std::string_view indicator
) {
    return fmt::format(
        "{}, {}, đến hết {} ({})",
        name.empty() ? "mọi đơn vị" : name,
        indicator.empty() ? "mọi chỉ tiêu" : indicator,
        format_day(silence.until),
        silence.reason
    );
}

Document alert_notice(const AlertNoticeInput& input) {
    check(!input.reminders.empty(), "alert_notice: there is something to remind of");
    const std::vector<AlertReminder> reminders = gravest_first(input.reminders);
    Document document;
    document.organisation = input.organisation;
    document.title = "Nhắc thực hiện chỉ tiêu thi đua";
    document.period = fmt::format(
        "Ngày {}, số liệu lũy kế từ {} đến hết ngày {}",
        format_day(input.day),
        format_day(input.figures.campaign.start),
        format_day(input.figures.standings.as_of)
    );
    document.subject = with_prefix(input.figures.texts, subject_of(input, reminders));
    document.known_at = input.figures.standings.known_at;
    document.preview = whole_phrase(reminders) + ".";
    std::vector<Block>& blocks = document.blocks;
    blocks.emplace_back(fitness_notice(input));
    blocks.emplace_back(Headline{Headline::Tone::Bad, whole_phrase(reminders) + "."});
    blocks.emplace_back(request_of(reminders));
    for (const AlertStep step : {AlertStep::Leaders, AlertStep::Second, AlertStep::First}) {
        if (Bullets bullets = bullets_of(reminders, step); !bullets.items.empty()) {
            blocks.emplace_back(Heading{step_title(step)});
            blocks.emplace_back(std::move(bullets));
        }
    }
    blocks.emplace_back(Heading{"Nguồn số liệu"});
    blocks.emplace_back(sources_table(input.figures));
    if (input.figures.texts.closing.empty()) {
        blocks.emplace_back(Paragraph{
            "Cần hỏi về số liệu hoặc có lý do chính đáng, đề nghị trao đổi với đầu mối theo dõi "
            "đợt "
            "thi đua của " +
            input.organisation + "."});
    }
    add_closing(blocks, input.figures.texts, input.figures.recipients);
    blocks.emplace_back(provenance(input, reminders));
    return document;
}

}  // namespace thidua::reports
