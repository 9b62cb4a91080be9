// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// What the systems differ in at an instant, dossier by dossier, and why: what a right
// reconciliation must find out.

#pragma once

#include "world.hpp"

#include <string>

namespace thidua::sandbox {

/// One JSON object a line for each dossier on which they differ: its codes, the day of its
/// acceptance, and `causes`: lost, late, duplicate, other-unit, renumbered (which only who
/// asks by the old number notices), cash, refund, unconfirmed.
std::string mishaps_text(const World& world, Instant at);

}  // namespace thidua::sandbox
