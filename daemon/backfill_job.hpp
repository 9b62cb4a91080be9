// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which windows a backfill asks for.
#pragma once

#include "connectors/connector.hpp"
#include "core/campaign.hpp"

#include <vector>

namespace thidua::daemon {

/// The windows that hold a day from `days.first` to `days.last`, oldest first, with the edges that
/// pulls have at `now`.
[[nodiscard]] std::vector<connectors::Window> windows_of_days(
    const SourceDescription& source,
    const Campaign& campaign,
    const connectors::Window& days,
    Instant now
);

}  // namespace thidua::daemon
