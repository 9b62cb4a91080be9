// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/notify.hpp"

#include <systemd/sd-daemon.h>

#include <cstdint>

namespace thidua::daemon {

void notify(const std::string& state) {
    // A supervisor that cannot be told is not our failure: the work goes on.
    (void)sd_notify(0, state.c_str());
}

std::optional<std::chrono::microseconds> watchdog_interval() {
    std::uint64_t microseconds = 0;
    if (sd_watchdog_enabled(0, &microseconds) <= 0) {
        return std::nullopt;
    }
    return std::chrono::microseconds(static_cast<std::int64_t>(microseconds));
}

}  // namespace thidua::daemon
