// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The parts of a digest below the first screen: units, sources, definitions.
#pragma once

#include "reports/digest.hpp"
#include "reports/document.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace thidua::reports {

/// A mail of more is longer than anybody reads on a phone, and nears the 102 kB at which Gmail
/// cuts; the rest of the units belongs into attachments.
inline constexpr std::size_t units_max = 30;

/// The ranked units, best first, and the total. Where there are too many the last in rank stay:
/// they are the ones that somebody has to speak to.
[[nodiscard]] Table units_table(const DigestInput& input);

/// The primary indicator of the ranked units that `units_table` shows, in its order.
[[nodiscard]] BarChart units_chart(const DigestInput& input);

/// The units below the ranked ones under their parents, as many as `units_max` leaves room for.
[[nodiscard]] Table branches_table(const DigestInput& input);

/// How many units neither table shows.
[[nodiscard]] std::int64_t count_hidden_units(const DigestInput& input);

[[nodiscard]] Table sources_table(const DigestInput& input);

/// What each indicator counts over what, its target and where it comes from.
[[nodiscard]] DefinitionList definitions(const DigestInput& input);

}  // namespace thidua::reports
