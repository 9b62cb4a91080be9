// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The week that an edition compares itself with.
#pragma once

#include "core/time.hpp"
#include "daemon/service.hpp"
#include "rules/standings.hpp"
#include "store/ledger.hpp"

#include <optional>

namespace thidua::daemon {

struct WeekBefore {
    std::optional<store::Edition> digest;  ///< of that week, if one was published
    /// As known when that digest was made, so that a change is one against what readers were told;
    /// without a digest as known now. Nothing in the first week.
    std::optional<rules::Standings> standings;
};

/// What the digest and the editions of units of `week` compare with, made at `now`. Errors: Io.
[[nodiscard]] Result<WeekBefore> week_before(const Service& service, IsoWeek week, Instant now);

}  // namespace thidua::daemon
