// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/nomination.hpp"

#include "core/result.hpp"

#include <algorithm>

namespace thidua::rules {
namespace {

using std::chrono::days;

/// The working day that is `count` working days before `day`.
Day working_days_before(const Calendar& calendar, Day day, int count) {
    while (count > 0) {
        day -= days{1};
        count -= is_working_day(calendar, day) ? 1 : 0;
    }
    return day;
}

PartState part_state(const NominationPart& part, const NominationInput& input) {
    PartState state{part.id, part.name, input.award.copies, 0, std::nullopt};
    std::vector<const Receipt*> receipts;
    for (const Receipt& receipt : input.receipts) {
        if (receipt.candidate == input.candidate && receipt.award == input.award.id &&
            receipt.deadline == input.deadline.id && receipt.part == part.id &&
            receipt.day <= input.day) {
            receipts.push_back(&receipt);
        }
    }
    std::ranges::stable_sort(receipts, {}, &Receipt::day);
    for (const Receipt* receipt : receipts) {
        const bool was_complete = state.received >= state.required;
        state.received += receipt->copies;
        if (state.received < state.required) {
            state.complete_on.reset();
        } else if (!was_complete) {
            state.complete_on = receipt->day;
        }
    }
    return state;
}

Timing timing_of(const NominationState& state, const Deadline& deadline, Day day) {
    if (!state.complete_on) {
        return day <= deadline.to ? Timing::Open : Timing::Missed;
    }
    if (*state.complete_on < deadline.from) {
        return Timing::Early;
    }
    return *state.complete_on <= deadline.to ? Timing::InTime : Timing::Late;
}

/// What is due on `day` for this window; nothing if it is another day.
std::optional<Reminder::Kind> kind_due(
    const Calendar& calendar, const Deadline& deadline, Day day
) {
    constexpr int early_notice = 5;
    if (day == working_days_before(calendar, deadline.from, early_notice) ||
        day == working_days_before(calendar, deadline.from, 1)) {
        return Reminder::Kind::ComingUp;
    }
    const Day after = deadline.to + days{1};
    const Day last = working_days_before(calendar, after, 1);
    if (last >= deadline.from && day == last) {
        return Reminder::Kind::LastDay;
    }
    return day == next_working_day(calendar, after) ? std::optional(Reminder::Kind::Overdue)
                                                    : std::nullopt;
}

}  // namespace

std::string_view to_text(Timing timing) {
    switch (timing) {
        case Timing::Early:
            return "early";
        case Timing::InTime:
            return "in-time";
        case Timing::Late:
            return "late";
        case Timing::Open:
            return "open";
        case Timing::Missed:
            return "missed";
    }
    check(false, "to_text: a known Timing");
    return "";
}

std::string_view vietnamese(Timing timing) {
    switch (timing) {
        case Timing::Early:
            return "đủ trước thời hạn";
        case Timing::InTime:
            return "đủ trong thời hạn";
        case Timing::Late:
            return "đủ nhưng quá hạn";
        case Timing::Open:
            return "chưa đủ, còn thời hạn";
        case Timing::Missed:
            return "chưa đủ, đã hết thời hạn";
    }
    check(false, "vietnamese: a known Timing");
    return "";
}

std::string_view to_text(Reminder::Kind kind) {
    switch (kind) {
        case Reminder::Kind::ComingUp:
            return "coming-up";
        case Reminder::Kind::LastDay:
            return "last-day";
        case Reminder::Kind::Overdue:
            return "overdue";
    }
    check(false, "to_text: a known Reminder::Kind");
    return "";
}

NominationState check_nomination(const NominationInput& input) {
    NominationState state;
    state.candidate = input.candidate;
    state.award = input.award.id;
    state.deadline = input.deadline.id;
    for (const NominationPart& part : input.plan.nomination_parts) {
        state.parts.push_back(part_state(part, input));
        state.is_begun = state.is_begun || state.parts.back().received > 0;
    }
    const bool is_complete =
        !state.parts.empty() && std::ranges::all_of(state.parts, [](const PartState& part) {
            return part.complete_on.has_value();
        });
    for (const PartState& part : state.parts) {
        if (is_complete) {
            state.complete_on =
                std::max(state.complete_on.value_or(*part.complete_on), *part.complete_on);
        }
    }
    state.timing = timing_of(state, input.deadline, input.day);
    return state;
}

std::vector<const Deadline*> deadlines_for(const Plan& plan, const Award& award) {
    std::vector<const Deadline*> found;
    for (const Deadline& deadline : plan.deadlines) {
        const auto& awards = deadline.awards;
        if (awards.empty() || std::ranges::find(awards, award.id) != awards.end()) {
            found.push_back(&deadline);
        }
    }
    return found;
}

std::vector<DayOff> days_off(const Calendar& calendar, const Deadline& deadline) {
    std::vector<DayOff> found;
    for (Day day = deadline.from; day <= deadline.to; day += days{1}) {
        if (std::string why = day_off(calendar, day); !why.empty()) {
            found.push_back({day, std::move(why)});
        }
    }
    return found;
}

std::vector<Reminder> reminders_due(
    const Plan& plan, const Calendar& calendar, std::span<const NominationState> states, Day day
) {
    std::vector<Reminder> due;
    for (const NominationState& state : states) {
        const auto deadline = std::ranges::find(plan.deadlines, state.deadline, &Deadline::id);
        if (state.complete_on || deadline == plan.deadlines.end()) {
            continue;
        }
        const auto kind = kind_due(calendar, *deadline, day);
        if (!kind || (*kind != Reminder::Kind::ComingUp && !state.is_begun)) {
            continue;
        }
        Reminder reminder{*kind, state.candidate, state.award, state.deadline, {}};
        for (const PartState& part : state.parts) {
            if (!part.complete_on) {
                reminder.missing.push_back(part.part);
            }
        }
        due.push_back(std::move(reminder));
    }
    return due;
}

bool is_day_of_reminders(const Plan& plan, const Calendar& calendar, Day day) {
    return std::ranges::any_of(plan.deadlines, [&](const Deadline& deadline) {
        return kind_due(calendar, deadline, day).has_value();
    });
}

}  // namespace thidua::rules
