// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// How the service stands, for `thidua status` and `thidua check`.
#pragma once

#include "daemon/notice.hpp"
#include "daemon/notices.hpp"
#include "daemon/service.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace thidua::daemon {

struct Overview {
    std::optional<std::string> runs;  ///< "thidua run, process 4711"; nothing: no daemon answers
    Surroundings around;
    std::vector<SourceStatus> sources;      ///< in the order of the configuration
    std::vector<store::PullSummary> pulls;  ///< the last of each source
    std::int64_t mails_waiting = 0;         ///< for the relay
    std::vector<Notice> notices;            ///< what is wrong now, by ledger and machine
    std::optional<Instant> purged_at;       ///< since when single dossiers are not there any more
};

/// Reads it from the store, and asks whether a daemon listens. Errors: Io.
[[nodiscard]] Result<Overview> overview_of(const Service& service);

}  // namespace thidua::daemon
