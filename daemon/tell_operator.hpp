// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The ways to the operator: a file, a webhook, a relay that is not the digests'.
#pragma once

#include "config/settings.hpp"
#include "daemon/notice.hpp"

#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace thidua::daemon {

/// Adds lines to the file of notices, each with the instant in front. Errors: Io.
[[nodiscard]] Result<void> add_to_notices_file(
    const config::OperatorContact& contact, std::span<const std::string> lines, Instant now
);

/// Whether somebody was reached.
struct Reached {
    bool is_reached = false;
    std::string by;     ///< "webhook", "relay", "webhook, relay"; "file" if there is nothing else
    std::string words;  ///< what went wrong on the ways that were tried; may be empty
};

enum class Ways {
    FirstThatWorks,  ///< the relay only if the webhook does not take it, or there is none
    All,
};

/// Tells all of `tellings` at once. Each way gets ten seconds, or the relay's own time-out, for
/// each recipient. Where no way is configured the file is what there is, and counts. Blocks.
[[nodiscard]] Reached tell_operator(
    const config::OperatorContact& contact,
    std::span<const Telling> tellings,
    Ways ways,
    Instant now,
    const std::stop_token& stop
);

}  // namespace thidua::daemon
