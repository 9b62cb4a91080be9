// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Reminders of nomination papers, from a day to editions in the ledger: one for each reader. The
// coordinator hears of all of them, a unit's readers of that unit's own, officers' only the
// coordinator.
#pragma once

#include "core/time.hpp"
#include "daemon/service.hpp"
#include "store/ledger.hpp"

#include <optional>
#include <string>
#include <vector>

namespace thidua::daemon {

/// Publishes what falls due on `day`, by what is on record now; nothing on most days. Doing it
/// again changes nothing of what is published. Errors: Io; Config if an address cannot be used.
[[nodiscard]] Result<std::vector<store::Edition>> remind_of_nominations(
    const Service& service, Day day, const std::optional<store::SlotKey>& slot = {}
);

/// The edition nomination/2024-12-25/van-phong/1 as it would be published now. Errors: Usage if
/// that reader has to be reminded of nothing on that day; Io; Config.
[[nodiscard]] Result<store::Edition> render_nomination_edition(
    const Service& service, const std::string& id
);

}  // namespace thidua::daemon
