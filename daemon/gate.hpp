// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Whether a digest may go out: what it needs, until when it waits, what then becomes of it.
#pragma once

#include "daemon/schedule.hpp"
#include "daemon/service.hpp"

#include <string>

namespace thidua::daemon {

/// What the gate says of an occurrence now.
struct GateVerdict {
    enum class State { Open, Wait, Withhold };
    State state = State::Open;
    std::string missing;  ///< what is not as it should be, in words; also where it is let through
};

/// Looks at the sources that the digest of `week` needs, and at the figures that it would print.
/// Without a gate it is open. Errors: of the store.
[[nodiscard]] Result<GateVerdict> look_at_gate(
    const Service& service, const Occurrence& occurrence, IsoWeek week
);

}  // namespace thidua::daemon
