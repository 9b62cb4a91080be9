// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What commands ask of alerts: how they stand, and what comes next.
#pragma once

#include "daemon/alerts.hpp"
#include "daemon/service.hpp"

#include <optional>

namespace thidua::daemon {

/// Alerts as of the last day that was looked at.
struct AlertView {
    AlertBook book;
    std::optional<rules::Standings> standings;  ///< nothing: no day was looked at yet
    Day next_run;                               ///< when reminders go out next
};

/// As they are known at `now`. Errors: Config without `alerts:`; Io.
[[nodiscard]] Result<AlertView> view_alerts(
    SharedStore& store, const config::Settings& settings, Instant now
);

/// The next action: of a pending alert the first reminder, if the unit stays below its target.
struct NextAction {
    std::optional<rules::NextStep> step;
    bool is_pending = false;
    Day next_run{};  ///< when alerts are looked at next
};

[[nodiscard]] NextAction next_action(
    const config::Settings& settings, const AlertView& view, const AlertKey& key
);

}  // namespace thidua::daemon
