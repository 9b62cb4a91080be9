// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// When jobs fall due. Pure functions of a schedule and an instant: catch-up after downtime and no
// double runs follow from what is on file for an occurrence, without timers.
#pragma once

#include "core/calendar.hpp"
#include "core/schedule.hpp"
#include "core/time.hpp"

#include <vector>

namespace thidua::daemon {

/// Once that a job falls due.
struct Occurrence {
    Instant scheduled_at;  ///< by the schedule alone: tells it from all others, whenever it is done
    Instant due_at;        ///< the same, but where a holiday moves it

    friend bool operator==(const Occurrence&, const Occurrence&) = default;
};

// A local time that a change of clocks skips is its first instant after the gap; one that comes
// twice is the earlier.

/// The latest occurrence that was due at or before `now`.
[[nodiscard]] Occurrence latest_occurrence(
    const Schedule& schedule, const Calendar& calendar, Instant now
);

/// The first that will be due after `now`.
[[nodiscard]] Occurrence next_occurrence(
    const Schedule& schedule, const Calendar& calendar, Instant now
);

/// All that were scheduled after `after` and due at or before `now`, in the order of the schedule.
[[nodiscard]] std::vector<Occurrence> occurrences(
    const Schedule& schedule, const Calendar& calendar, Instant after, Instant now
);

/// `time` after midnight on the day that holds `instant` in `timezone`.
[[nodiscard]] Instant same_day_at(
    Instant instant, const std::string& timezone, std::chrono::minutes time
);

/// `instant` as local time of `timezone` with its offset: 2024-06-10T07:30:00+07:00.
[[nodiscard]] std::string to_local_text(Instant instant, const std::string& timezone);

}  // namespace thidua::daemon
