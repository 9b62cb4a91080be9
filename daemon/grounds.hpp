// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What figures of a day are counted by, and sources compared by: units, procedures and sources as
// they were known at an instant.
#pragma once

#include "core/organisation.hpp"
#include "core/tally.hpp"
#include "daemon/service.hpp"

#include <vector>

namespace thidua::daemon {

/// How each source of the settings stood, by what was known then; in their order. Errors: Io.
[[nodiscard]] Result<std::vector<SourceStatus>> source_statuses(
    SharedStore& store, const config::Settings& settings, Instant known_at
);

/// What the figures of a day are counted by.
struct Grounds {
    Day day;  ///< never past the campaign's end
    Organisation organisation;
    std::vector<Procedure> procedures;
    std::vector<SourceStatus> sources;
};

/// Errors: Usage if the day is before the campaign; Io.
[[nodiscard]] Result<Grounds> grounds_of(
    SharedStore& store, const config::Settings& settings, Day as_of, Instant known_at
);

}  // namespace thidua::daemon
