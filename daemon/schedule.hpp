// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// When jobs fall due. Pure functions of a schedule and an instant: catch-up after downtime and no
// double runs follow from "due while nothing is on file for the latest slot", without timers.
#pragma once

#include "core/schedule.hpp"
#include "core/time.hpp"

namespace thidua::daemon {

/// The latest instant at or before `now` at which `schedule` fell due. A local time that a change
/// of clocks skips is its first instant after the gap; one that comes twice is the earlier.
[[nodiscard]] Instant latest_slot(const Schedule& schedule, Instant now);

/// The first instant after `now` at which `schedule` falls due.
[[nodiscard]] Instant next_slot(const Schedule& schedule, Instant now);

/// `instant` as local time of `timezone` with its offset: 2024-06-10T07:30:00+07:00.
[[nodiscard]] std::string to_local_text(Instant instant, const std::string& timezone);

}  // namespace thidua::daemon
