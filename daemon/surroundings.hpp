// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// How things stand: what the ledger and the machine say, read once for notices, checks and status.
#pragma once

#include "daemon/notices.hpp"
#include "daemon/service.hpp"

namespace thidua::daemon {

/// Reads it now. A ledger that cannot be read is told in `store_error`.
[[nodiscard]] Surroundings look_around(const Service& service);

}  // namespace thidua::daemon
