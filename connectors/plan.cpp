// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/plan.hpp"

#include <algorithm>

namespace thidua::connectors {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

/// Every window from the campaign's start to the one that holds `until`. The last is not cut off
/// at `until`: its edges would move every day.
std::vector<Window> all_windows(const Slicing& slicing, Day start, Day end, Day until) {
    std::vector<Window> windows;
    const days length{std::max(slicing.days, 1)};
    for (Day first = start; first <= until; first += length) {
        windows.push_back({first, std::min(first + length - days{1}, end)});
    }
    return windows;
}

/// Every calendar month, whole, from that of `start` to that of `until`.
std::vector<Window> all_months(Day start, Day until) {
    using std::chrono::year_month;
    using std::chrono::year_month_day;
    const auto month_of = [](Day day) {
        const year_month_day date{day};
        return year_month{date.year(), date.month()};
    };
    std::vector<Window> windows;
    const year_month last = month_of(until);
    for (year_month month = month_of(start); month <= last; month += std::chrono::months{1}) {
        windows.push_back({Day{month / 1}, Day{month / std::chrono::last}});
    }
    return windows;
}

}  // namespace

PullPlan plan_pull(
    const SourceDescription& description, Day start, Day end, const Progress& progress, Instant now
) {
    const Slicing& slicing = description.slicing;
    const Day today = day_of(now);
    PullPlan plan;
    const bool is_first_of_week =
        !progress.swept_at || week_of(day_of(*progress.swept_at)) != week_of(today);
    plan.is_sweep = !progress.data_through || (slicing.sweep_weekly && is_first_of_week);
    if (slicing.type == Slicing::Type::Whole) {
        plan.windows = {{start, end}};
        return plan;
    }
    const bool has_windows =
        slicing.type == Slicing::Type::Window || slicing.type == Slicing::Type::Month;
    if (!has_windows || today < start) {
        return plan;
    }
    const Day until = std::min(today, end);
    plan.windows = slicing.type == Slicing::Type::Month ? all_months(start, until)
                                                        : all_windows(slicing, start, end, until);
    if (!plan.is_sweep) {
        // The newest window is always asked: a pull that asks nothing would say nothing.
        const Day from = day_of(*progress.data_through) - days{description.cursor.lookback_days};
        const Window newest = plan.windows.back();
        std::erase_if(plan.windows, [&](const Window& window) {
            return window.last < from && window != newest;
        });
    }
    return plan;
}

std::string key_of(const SourceDescription& description, const Window& window) {
    if (description.slicing.type == Slicing::Type::Whole) {
        return std::string(whole_key);
    }
    const std::string first = to_text(window.first);
    return description.slicing.type == Slicing::Type::Month ? first.substr(0, first.rfind('-'))
                                                            : first + "/" + to_text(window.last);
}

std::optional<Window> window_of(std::string_view key) {
    using std::chrono::year_month_day;
    const std::size_t slash = key.find('/');
    if (slash != std::string_view::npos) {
        const auto first = parse_day(key.substr(0, slash));
        const auto last = parse_day(key.substr(slash + 1));
        return first && last ? std::optional(Window{*first, *last}) : std::nullopt;
    }
    const auto first = parse_day(std::string(key) + "-01");
    if (!first) {
        return std::nullopt;
    }
    const year_month_day date{*first};
    return Window{*first, Day{date.year() / date.month() / std::chrono::last}};
}

std::optional<Instant> next_look_up(PaymentState state, int attempts, Instant asked) {
    switch (state) {
        case PaymentState::Failed:
        case PaymentState::Refunded:
            return std::nullopt;
        case PaymentState::Succeeded:
            return asked + days{7};
        case PaymentState::Pending:
        case PaymentState::Unknown:
            break;
    }
    constexpr minutes first_delay{30};
    constexpr int doublings_max = 6;  // 32 hours: above a day
    const int doublings = std::clamp(attempts - 1, 0, doublings_max);
    return asked + std::min<minutes>(first_delay * (1 << doublings), hours{24});
}

}  // namespace thidua::connectors
