// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which jobs a configuration has, and by which schedules they fall due.
#pragma once

#include "config/settings.hpp"
#include "core/schedule.hpp"
#include "core/time.hpp"

#include <string>
#include <vector>

namespace thidua::daemon {

/// A job that has a schedule; it has a view of the settings.
struct ScheduledJob {
    std::string name;  ///< as its slots have it: pull:tthc, digest:weekly
    const Schedule* schedule = nullptr;
};

/// All of them: sources first, in the order of the configuration. The reports of the freeze have
/// their hours in the campaign, and no schedule.
[[nodiscard]] std::vector<ScheduledJob> scheduled_jobs(const config::Settings& settings);

/// When a job falls due.
struct NextDue {
    std::string job;
    Instant due_at;
    std::string timezone;
    bool is_moved = false;  ///< by a holiday
};

/// When each job falls due next after `now`, those of the freeze as well.
[[nodiscard]] std::vector<NextDue> next_of_all_jobs(const config::Settings& settings, Instant now);

}  // namespace thidua::daemon
