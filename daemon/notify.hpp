// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace thidua::daemon {

/// Tells systemd something ("READY=1", "STATUS=...", "WATCHDOG=1"); without systemd, nothing.
void notify(const std::string& state);

/// How often systemd wants to hear WATCHDOG=1, if at all.
[[nodiscard]] std::optional<std::chrono::microseconds> watchdog_interval();

}  // namespace thidua::daemon
