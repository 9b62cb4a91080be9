// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/slots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>

namespace thidua::daemon {
namespace {

using store::SlotState;

/// Longer after it was due an occurrence counts as missed: the policy says what becomes of it.
constexpr std::chrono::hours missed_after{1};

/// Longer ago nothing is made up for, and nothing is recorded as missed: a clock that began in 1970
/// would fill the ledger.
constexpr std::chrono::days looked_back{400};

/// When a slot that was left open is due: a holiday may have moved it.
Occurrence occurrence_of(
    const Schedule& schedule, const Calendar& calendar, const store::SlotKey& key
) {
    const auto found = occurrences(
        schedule,
        calendar,
        key.scheduled_at - std::chrono::milliseconds{1},
        key.scheduled_at + std::chrono::days{31}
    );
    const auto same = std::ranges::find(found, key.scheduled_at, &Occurrence::scheduled_at);
    // The schedule may have been changed since.
    return same == found.end() ? Occurrence{key.scheduled_at, key.scheduled_at} : *same;
}

/// The first `number` of `left` are not to be worked on.
void skip_front(
    SlotPlan& plan, std::vector<Occurrence>& left, std::ptrdiff_t number, std::string why
) {
    if (number == 0) {
        return;
    }
    store::SkippedSlots skipped{{}, std::move(why)};
    std::transform(
        left.begin(),
        left.begin() + number,
        std::back_inserter(skipped.scheduled),
        [](const Occurrence& each) { return each.scheduled_at; }
    );
    left.erase(left.begin(), left.begin() + number);
    plan.skipped.push_back(std::move(skipped));
}

std::string overtaken_by(const Occurrence& later) {
    return "overtaken: the occurrence of " + to_text(later.scheduled_at) + " takes its place";
}

}  // namespace

SlotPlan plan_slots(
    const Schedule& schedule,
    const std::vector<store::Slot>& open,
    const std::vector<Occurrence>& fresh,
    const Calendar& calendar,
    Instant now
) {
    SlotPlan plan;
    std::vector<Occurrence> left = fresh;
    const auto number_longer_ago = [&](std::chrono::milliseconds limit) {
        return std::ranges::find_if(
                   left, [&](const Occurrence& each) { return each.due_at + limit >= now; }
               ) -
               left.begin();
    };
    if (schedule.misfire == Misfire::RunLatest && left.size() > 1) {
        skip_front(plan, left, std::ssize(left) - 1, overtaken_by(left.back()));
    }
    if (schedule.misfire == Misfire::Skip) {
        skip_front(plan, left, number_longer_ago(missed_after), "missed, and not made up for");
    }
    if (schedule.catchup_window) {
        skip_front(
            plan,
            left,
            number_longer_ago(*schedule.catchup_window),
            "missed: longer ago than the catch-up window"
        );
    }
    for (const store::Slot& each : open) {
        if (left.empty() || schedule.misfire == Misfire::RunAll) {
            plan.due.push_back(occurrence_of(schedule, calendar, each.key));
        } else {
            plan.failed.push_back(each);
        }
    }
    plan.due.insert(plan.due.end(), left.begin(), left.end());
    return plan;
}

SlotEnd end_of(const store::SlotDeliveries& deliveries) {
    const int all = deliveries.sent + deliveries.refused + deliveries.unknown;
    if (all == 0) {
        return {SlotState::Done, ""};
    }
    if (deliveries.sent == all) {
        return {SlotState::Sent, ""};
    }
    return {
        deliveries.sent > 0 ? SlotState::PartlySent : SlotState::Failed,
        fmt::format(
            "{} of {} messages sent, {} refused, {} of which nobody knows",
            deliveries.sent,
            all,
            deliveries.refused,
            deliveries.unknown
        )};
}

Result<void> SlotBook::refresh() {
    auto open = service_.store.call([](store::Store& store) { return store.open_slots(); });
    if (!open) {
        return std::unexpected(open.error());
    }
    open_ = *std::move(open);
    return {};
}

Result<std::vector<Occurrence>> SlotBook::due(const std::string& job, const Schedule& schedule) {
    const Instant now = service_.clock.now();
    const Calendar& calendar = service_.settings.calendar;
    const auto last =
        service_.store.call([&](store::Store& store) { return store.last_slot(job, now); });
    if (!last) {
        return std::unexpected(last.error());
    }
    // Where nothing is on file nothing was promised yet: it begins with the latest.
    const std::vector<Occurrence> fresh =
        *last ? occurrences(schedule, calendar, std::max(**last, now - looked_back), now)
              : std::vector{latest_occurrence(schedule, calendar, now)};
    std::vector<store::Slot> open;
    std::ranges::copy_if(open_, std::back_inserter(open), [&](const store::Slot& each) {
        return each.key.job == job && each.state != SlotState::Delivering;
    });
    SlotPlan plan = plan_slots(schedule, open, fresh, calendar, now);
    Result<void> recorded;
    for (const store::SkippedSlots& each : plan.skipped) {
        recorded = recorded ? skip(job, each) : recorded;
    }
    for (const store::Slot& each : plan.failed) {
        const std::string why = fmt::format(
            "given up when the next fell due: {}",
            each.reason.empty() ? "it was never finished" : each.reason
        );
        recorded = recorded ? end(each.key, SlotState::Failed, why) : recorded;
    }
    return recorded ? Result<std::vector<Occurrence>>(std::move(plan.due))
                    : std::unexpected(recorded.error());
}

Result<void> SlotBook::skip(const std::string& job, const store::SkippedSlots& skipped) {
    return service_.store.call([&](store::Store& store) {
        return store.skip_slots(job, skipped, service_.clock.now());
    });
}

Result<bool> SlotBook::begin(const store::SlotKey& key) {
    return service_.store.call([&](store::Store& store) {
        return store.begin_slot(key, service_.clock.now());
    });
}

Result<void> SlotBook::wait(const store::SlotKey& key, std::string_view reason) {
    return service_.store.call([&](store::Store& store) {
        return store.move_slot(key, SlotState::Waiting, reason, service_.clock.now());
    });
}

Result<void> SlotBook::end(
    const store::SlotKey& key, store::SlotState state, std::string_view reason
) {
    return service_.store.call([&](store::Store& store) {
        return store.end_slot(key, state, reason, service_.clock.now());
    });
}

Result<void> SlotBook::deliver(const store::SlotKey& key) {
    return service_.store.call([&](store::Store& store) {
        return store.move_slot(key, SlotState::Delivering, "", service_.clock.now());
    });
}

Result<void> SlotBook::conclude() {
    if (auto read = refresh(); !read) {
        return read;
    }
    for (const store::Slot& each : open_) {
        if (each.state != SlotState::Delivering) {
            continue;
        }
        const auto deliveries = service_.store.call([&](store::Store& store) {
            return store.slot_deliveries(each.key);
        });
        if (!deliveries) {
            return std::unexpected(deliveries.error());
        }
        if (deliveries->open > 0) {
            continue;
        }
        const SlotEnd ended = end_of(*deliveries);
        if (auto recorded = end(each.key, ended.state, ended.reason); !recorded) {
            return recorded;
        }
    }
    return {};
}

Result<void> SlotBook::skip_overtaken(const store::SlotKey& key, const Schedule& schedule) {
    store::SkippedSlots overtaken{{}, "the one before was still under way"};
    std::ranges::transform(
        occurrences(schedule, service_.settings.calendar, key.scheduled_at, service_.clock.now()),
        std::back_inserter(overtaken.scheduled),
        &Occurrence::scheduled_at
    );
    return skip(key.job, overtaken);
}

}  // namespace thidua::daemon
