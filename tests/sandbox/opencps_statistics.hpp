// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The rows of OpenCPS's statistics (domain.md 4.1): by agency and domain, with the roll-ups among
// them, so that adding all rows counts four times over.

#pragma once

#include "snapshot.hpp"

#include <boost/json/array.hpp>

#include <optional>
#include <string_view>

namespace thidua::sandbox {

/// The unit that a code of any written form names, the unmapped one included.
std::optional<UnitIndex> opencps_unit(std::string_view code);

/// Rows for month and year (month 0 or -1: the whole year), or for what was received after
/// midnight of fromStatisticDate and before midnight of toStatisticDate. Nothing for a query that
/// cannot be read.
std::optional<boost::json::array> opencps_statistics(
    std::string_view query, const Snapshot& snapshot
);

}  // namespace thidua::sandbox
