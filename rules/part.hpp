// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What of the standings a unit is told: its own figures and those below it. Pure.
#pragma once

#include "rules/standings.hpp"

#include <string_view>

namespace thidua::rules {

/// The standings of `unit` and everything below it, with the unit as the whole: no other unit is in
/// them. Ranks stay what they are among all. `unit` must be one of `standings`.
[[nodiscard]] Standings part_of(const Standings& standings, std::string_view unit);

}  // namespace thidua::rules
