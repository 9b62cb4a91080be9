// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Reminders, from a day to editions in the ledger: one for each reader, of all that concerns them.
#pragma once

#include "core/time.hpp"
#include "daemon/service.hpp"
#include "store/ledger.hpp"

#include <optional>
#include <string>
#include <vector>

namespace thidua::daemon {

/// Looks at all alerts of `day` as they are known now, once, and publishes what is to be told of
/// them. Doing it again changes nothing, but for editions that a crash kept from being published.
///
/// First all that came of the day goes on file in one transaction, with the names of the editions
/// that are to tell of it; then these are made. So what was decided is told once, whenever the
/// program is killed. Errors: Io; Config if an address cannot be used.
[[nodiscard]] Result<std::vector<store::Edition>> run_alerts(
    const Service& service, Day day, const std::optional<store::SlotKey>& slot = {}
);

/// An edition of reminders as it was published, from what is on file: `id` as a step names it.
/// Errors: Usage if no step does; Io.
[[nodiscard]] Result<store::Edition> render_alert_edition(
    const Service& service, const std::string& id
);

}  // namespace thidua::daemon
