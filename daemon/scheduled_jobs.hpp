// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which jobs a configuration has, and by which schedules they fall due.
#pragma once

#include "config/settings.hpp"
#include "core/schedule.hpp"

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

}  // namespace thidua::daemon
