// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/campaign.hpp"
#include "core/time.hpp"

#include <optional>

namespace thidua::daemon {

/// The week a digest that falls due at `slot` reports on: the last complete one. Nothing when that
/// week lies wholly outside the campaign. Computed from the slot, never from the time of running.
[[nodiscard]] std::optional<IsoWeek> week_reported(const Campaign& campaign, Instant slot);

}  // namespace thidua::daemon
