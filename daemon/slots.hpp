// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which occurrences of a job are to be worked on now, by what is on file for them, and what becomes
// of those that are not.
#pragma once

#include "core/schedule.hpp"
#include "daemon/schedule.hpp"
#include "daemon/service.hpp"
#include "store/ledger.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// What becomes of a job's occurrences.
struct SlotPlan {
    std::vector<Occurrence> due;  ///< to be worked on, in order
    std::vector<store::SkippedSlots> skipped;
    std::vector<store::Slot> failed;  ///< left open, and given up: a later one takes their place
};

/// The plan for a job. `open`: its slots that were left running or waiting; `fresh`: occurrences
/// that nothing is on file for; both in the order of the schedule. Pure.
[[nodiscard]] SlotPlan plan_slots(
    const Schedule& schedule,
    const std::vector<store::Slot>& open,
    const std::vector<Occurrence>& fresh,
    const Calendar& calendar,
    Instant now
);

/// The slots of all jobs. Used by one thread.
class SlotBook {
  public:
    explicit SlotBook(const Service& service) : service_(service) {}

    /// Reads what is open, once for each look at everything.
    [[nodiscard]] Result<void> refresh();

    /// The occurrences of the job to work on now; what is skipped or given up is recorded.
    [[nodiscard]] Result<std::vector<Occurrence>> due(
        const std::string& job, const Schedule& schedule
    );

    /// Takes it. False: it has ended, or is being delivered.
    [[nodiscard]] Result<bool> begin(const store::SlotKey& key);
    [[nodiscard]] Result<void> wait(const store::SlotKey& key, std::string_view reason);
    [[nodiscard]] Result<void> end(
        const store::SlotKey& key, store::SlotState state, std::string_view reason
    );
    /// What it makes is published: it ends once everybody has it, or it is clear who has not.
    [[nodiscard]] Result<void> deliver(const store::SlotKey& key);
    /// Ends those of which no message is under way any more.
    [[nodiscard]] Result<void> conclude();

    /// Ends the occurrences that fell due while that of `key` was worked on.
    [[nodiscard]] Result<void> skip_overtaken(const store::SlotKey& key, const Schedule& schedule);

  private:
    [[nodiscard]] Result<void> skip(const std::string& job, const store::SkippedSlots& skipped);

    const Service& service_;
    std::vector<store::Slot> open_;
};

/// How a slot ends whose messages have all come to an end; in words as well.
struct SlotEnd {
    store::SlotState state = store::SlotState::Done;
    std::string reason;
};
[[nodiscard]] SlotEnd end_of(const store::SlotDeliveries& deliveries);

}  // namespace thidua::daemon
