// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What an edition would say otherwise by now than it said, and why.
#pragma once

#include "config/settings.hpp"
#include "daemon/service.hpp"
#include "rules/restatement.hpp"
#include "store/ledger.hpp"

#include <vector>

namespace thidua::daemon {

/// The figures of `edition` that are others as known at `now` for the same day. That of a unit
/// tells of the unit and those below it, and of no total. What was recorded after `now` makes no
/// difference. Errors: Data if the edition's manifest is not what it should be; Io.
[[nodiscard]] Result<std::vector<rules::Restatement>> restatements_of(
    SharedStore& store, const config::Settings& settings, const store::Edition& edition, Instant now
);

}  // namespace thidua::daemon
