// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/nomination_notice.hpp"

#include "reports/digest_facts.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace thidua::reports {
namespace {

using Kind = rules::Reminder::Kind;

/// The most urgent first.
constexpr std::array kinds{Kind::LastDay, Kind::Overdue, Kind::ComingUp};

std::string kind_title(Kind kind) {
    switch (kind) {
        case Kind::LastDay:
            return "Hôm nay là ngày làm việc cuối cùng của thời hạn";
        case Kind::Overdue:
            return "Đã hết thời hạn, hồ sơ còn thiếu";
        case Kind::ComingUp:
            return "Sắp đến thời hạn nộp";
    }
    check(false, "kind_title: a known kind");
    return "";
}

std::string missing_phrase(const std::vector<rules::PartState>& parts) {
    const bool is_nothing_there =
        std::ranges::all_of(parts, [](const rules::PartState& part) { return part.received == 0; });
    if (is_nothing_there) {
        return "cả bộ hồ sơ";
    }
    std::vector<std::string> missing;
    for (const rules::PartState& part : parts) {
        if (!part.complete_on) {
            missing.push_back(fmt::format("{} ({}/{})", part.name, part.received, part.required));
        }
    }
    return join(missing, "; ");
}

std::string parts_phrase(const Plan& plan) {
    std::vector<std::string> names;
    for (const NominationPart& part : plan.nomination_parts) {
        names.push_back(part.name);
    }
    return join(names, "; ");
}

/// What of `reminders` is of that kind and for that deadline; no rows if nothing is.
Table table_of(
    const std::vector<NominationReminder>& reminders, Kind kind, const Deadline& deadline
) {
    Table table{
        .label_title = "Tập thể, cá nhân",
        .columns = {"Hình thức", "Còn thiếu (đã nhận/cần)", "Xét điều kiện đến nay"},
        .rows = {}};
    for (const NominationReminder& one : reminders) {
        if (one.kind == kind && one.deadline == &deadline) {
            table.rows.push_back(
                {.kind = Table::RowKind::Plain,
                 .rank = std::nullopt,
                 .label = one.candidate,
                 .cells =
                     {Text{one.award->name}, Text{missing_phrase(one.parts)}, Text{one.verdict}}}
            );
        }
    }
    return table;
}

std::string request_text(const std::vector<NominationReminder>& reminders) {
    const bool is_urgent = std::ranges::any_of(reminders, [](const NominationReminder& one) {
        return one.kind != Kind::ComingUp;
    });
    return is_urgent
               ? "Đề nghị bổ sung ngay các phần hồ sơ còn thiếu nêu dưới đây, hoặc báo lại nếu "
                 "không đề nghị nữa."
               : "Đề nghị chuẩn bị hồ sơ để nộp đúng thời hạn; tập thể, cá nhân không đề nghị "
                 "khen thưởng thì không phải nộp.";
}

/// "5 hồ sơ còn thiếu, thời hạn đến 02/01/2025": of the deadline that comes first.
std::string whole_phrase(const std::vector<NominationReminder>& reminders) {
    const auto first = std::ranges::min_element(reminders, {}, [](const NominationReminder& one) {
        return one.deadline->to;
    });
    return fmt::format(
        "{} hồ sơ đề nghị khen thưởng còn thiếu, thời hạn đến {}",
        format_count(static_cast<std::int64_t>(reminders.size())),
        format_day(first->deadline->to)
    );
}

std::string_view subject_mark(const std::vector<NominationReminder>& reminders) {
    const auto has = [&](Kind kind) {
        return std::ranges::find(reminders, kind, &NominationReminder::kind) != reminders.end();
    };
    return has(Kind::LastDay)   ? "[HẠN CUỐI HÔM NAY]"
           : has(Kind::Overdue) ? "[QUÁ HẠN]"
                                : "[SẮP ĐẾN HẠN]";
}

void add_reminders(std::vector<Block>& blocks, const NominationNoticeInput& input) {
    const Plan& plan = input.campaign.plan;
    for (const Kind kind : kinds) {
        for (const Deadline& deadline : plan.deadlines) {
            Table table = table_of(input.reminders, kind, deadline);
            if (table.rows.empty()) {
                continue;
            }
            blocks.emplace_back(Heading{kind_title(kind)});
            blocks.emplace_back(Paragraph{fmt::format(
                "{}: {}. {}. Bộ hồ sơ gồm: {}.",
                deadline.clause,
                deadline.text,
                window_phrase(deadline, plan, input.calendar),
                parts_phrase(plan)
            )});
            blocks.emplace_back(std::move(table));
        }
    }
}

}  // namespace

std::string window_phrase(const Deadline& deadline, const Plan& plan, const Calendar& calendar) {
    std::vector<std::string> off;
    for (const rules::DayOff& day : rules::days_off(calendar, deadline)) {
        off.push_back(fmt::format("{} ({})", format_day(day.day), day.why));
    }
    return fmt::format(
        "Nộp về {} từ {} đến {}, {} ngày làm việc{}{}",
        name_of_body(plan, deadline.sent_to),
        format_day(deadline.from),
        format_day(deadline.to),
        working_days(calendar, deadline.from, deadline.to),
        off.empty() ? "" : "; ngày nghỉ: ",
        join(off, ", ")
    );
}

Document nomination_notice(const NominationNoticeInput& input) {
    check(!input.reminders.empty(), "nomination_notice: there is something to remind of");
    constexpr std::size_t hash_letters = 12;
    const std::string whole = whole_phrase(input.reminders);
    Document document;
    document.organisation = input.organisation;
    document.title = "Nhắc hồ sơ đề nghị khen thưởng";
    document.period = fmt::format(
        "Ngày {}, theo hồ sơ đã ghi nhận đến {}",
        format_day(input.day),
        format_instant(input.known_at)
    );
    document.subject =
        with_prefix(input.texts, fmt::format("{} {}", subject_mark(input.reminders), whole));
    document.known_at = input.known_at;
    document.preview = whole + ".";
    std::vector<Block>& blocks = document.blocks;
    blocks.emplace_back(Headline{Headline::Tone::Open, whole + "."});
    blocks.emplace_back(Request{request_text(input.reminders)});
    add_reminders(blocks, input);
    add_closing(blocks, input.texts, input.recipients);
    blocks.emplace_back(Note{fmt::format(
        "Đợt thi đua: {}. Cấu hình: {}. Xét điều kiện đến nay chưa phải là kết luận của Hội đồng.",
        input.campaign.id,
        input.config_hash.substr(0, hash_letters)
    )});
    return document;
}

}  // namespace thidua::reports
