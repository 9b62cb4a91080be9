// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/reported_week.hpp"

#include <chrono>

namespace thidua::daemon {

std::optional<IsoWeek> week_reported(const Campaign& campaign, Instant slot) {
    const Day monday = monday_of(week_of(day_of(slot)));
    const IsoWeek week = week_of(monday - std::chrono::days{1});
    if (week < week_of(campaign.start) || week_of(campaign.end) < week) {
        return std::nullopt;
    }
    return week;
}

}  // namespace thidua::daemon
