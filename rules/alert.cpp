// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/alert.hpp"

#include "core/result.hpp"

#include <algorithm>
#include <iterator>

namespace thidua::rules {
namespace {

constexpr std::chrono::days one_day{1};

/// The first one that is not fresh; nothing if all are.
std::optional<std::string> find_unsound(
    std::span<const SourceStatus> known, std::span<const std::string> needed
) {
    for (const std::string& name : needed) {
        const auto place = std::ranges::find(known, name, &SourceStatus::name);
        if (place == known.end() || place->state != SourceStatus::State::Fresh) {
            return name;
        }
    }
    return std::nullopt;
}

AlertCause cause_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::Met:
            return AlertCause::Met;
        case Verdict::Below:
            return AlertCause::Below;
        case Verdict::NoActivity:
            return AlertCause::NoActivity;
        case Verdict::Unknown:
            return AlertCause::Unknown;
    }
    check(false, "cause_of: a known Verdict");
    return AlertCause::Unknown;
}

bool is_counting(const Alert& alert) {
    return alert.state == AlertState::Pending ||
           (alert.state == AlertState::Firing && alert.is_recovering);
}

Alert entered(AlertState state, Day day) {
    Alert alert;
    alert.state = state;
    alert.held = state;
    alert.since = day;
    return alert;
}

Alert seen_below(Alert alert, Day day, const AlertRule& rule) {
    if (alert.state == AlertState::Firing) {
        alert.is_recovering = false;
        alert.run = 0;
        return alert;
    }
    if (alert.state == AlertState::Inactive) {
        alert = entered(AlertState::Pending, day);
    }
    ++alert.run;
    return alert.run < rule.fire_after ? alert : entered(AlertState::Firing, day);
}

Alert seen_not_below(Alert alert, Day day, const AlertRule& rule) {
    if (alert.state == AlertState::Pending) {
        return entered(AlertState::Inactive, day);
    }
    if (alert.state == AlertState::Inactive) {
        return alert;
    }
    alert.is_recovering = true;
    ++alert.run;
    return alert.run < rule.recover_after ? alert : entered(AlertState::Inactive, day);
}

/// The steps of the firing that is under way: those of an earlier one do not count.
std::vector<StepTaken> steps_since(
    std::span<const StepTaken> taken, const AlertKey& key, std::optional<Day> fired_on
) {
    std::vector<StepTaken> steps;
    std::ranges::copy_if(taken, std::back_inserter(steps), [&](const StepTaken& one) {
        return one.key == key && fired_on && one.day > *fired_on;
    });
    return steps;
}

/// What comes after `steps`, and when it is due if nothing holds it back.
std::optional<NextStep> step_due(
    std::span<const StepTaken> steps, Day fired_on, const LadderInput& input
) {
    if (steps.empty()) {
        return NextStep{AlertStep::First, fired_on + one_day};
    }
    const Day before = steps.back().day;
    switch (steps.back().step) {
        case AlertStep::First:
            return NextStep{
                AlertStep::Second, add_working_days(input.calendar, before, input.ladder.second)};
        case AlertStep::Second:
            if (input.ladder.has_leaders) {
                const int days = input.ladder.leaders - input.ladder.second;
                return NextStep{AlertStep::Leaders, add_working_days(input.calendar, before, days)};
            }
            return std::nullopt;
        case AlertStep::Leaders:
            return std::nullopt;
    }
    check(false, "step_due: a known AlertStep");
    return std::nullopt;
}

bool is_silenced(const AlertKey& key, Day day, std::span<const Silence> silences) {
    return std::ranges::any_of(silences, [&](const Silence& silence) {
        return covers(silence, key, day);
    });
}

}  // namespace

std::vector<std::string> sources_needed(
    const Indicator& indicator, std::span<const std::string> needed_by_all
) {
    std::vector<std::string> needed{indicator.system_of_record};
    if (indicator.kind == IndicatorKind::PaymentsOnline &&
        indicator.evidence == PaymentEvidence::Platform) {
        needed.push_back(indicator.payment_record);
    }
    needed.insert(needed.end(), needed_by_all.begin(), needed_by_all.end());
    return needed;
}

Observation observe(
    const Figure& figure, const Standings& standings, std::span<const std::string> sources_needed
) {
    Observation seen{standings.as_of, AlertCause::NoTarget, figure.counts, ""};
    if (!figure.target) {
        return seen;
    }
    if (auto unsound = find_unsound(standings.sources, sources_needed)) {
        seen.cause = AlertCause::Source;
        seen.source = *std::move(unsound);
        return seen;
    }
    seen.cause = cause_of(figure.verdict.value_or(Verdict::Unknown));
    return seen;
}

Alert next_state(const Alert& alert, const Observation& seen, const AlertRule& rule) {
    Alert now = alert;
    if (seen.cause == AlertCause::Unknown || seen.cause == AlertCause::Source) {
        now.state = AlertState::Undetermined;
        now.frozen_since = alert.frozen_since.value_or(seen.day);
        return now;
    }
    now.state = alert.held;
    now.frozen_since.reset();
    return seen.cause == AlertCause::Below ? seen_below(now, seen.day, rule)
                                           : seen_not_below(now, seen.day, rule);
}

bool is_change(const Alert& before, const Alert& after) {
    return before.state != after.state || before.is_recovering != after.is_recovering;
}

Alert carried_on(Alert alert, int days) {
    if (is_counting(alert)) {
        alert.run += days;
    }
    return alert;
}

std::optional<NextStep> next_step(
    const AlertKey& key, const Alert& alert, const LadderInput& input
) {
    if (alert.held != AlertState::Firing || !alert.since) {
        return std::nullopt;
    }
    auto next = step_due(steps_since(input.taken, key, alert.since), *alert.since, input);
    if (!next) {
        return std::nullopt;
    }
    if (alert.state == AlertState::Undetermined || alert.is_recovering) {
        next->wait = alert.state == AlertState::Undetermined ? NextStep::Wait::Frozen
                                                             : NextStep::Wait::Recovery;
        next->day.reset();
        return next;
    }
    Day day = next_working_day(input.calendar, std::max(*next->day, input.today));
    while (day <= input.last && is_silenced(key, day, input.silences)) {
        next->wait = NextStep::Wait::Silenced;
        day = next_working_day(input.calendar, day + one_day);
    }
    next->day = day;
    return day <= input.last ? next : std::nullopt;
}

Day add_working_days(const Calendar& calendar, Day day, int count) {
    for (int done = 0; done < count; ++done) {
        day = next_working_day(calendar, day + one_day);
    }
    return day;
}

}  // namespace thidua::rules
