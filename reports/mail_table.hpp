// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reports/document.hpp"

#include <string>
#include <string_view>

namespace thidua::reports {

/// A table for a narrow screen: each row's label stands above its cells, which share the width
/// equally, so that no number of letters makes the table wider than the screen.
[[nodiscard]] std::string render_table(const Table& table);

/// The colour of going up, going down, or neither.
[[nodiscard]] std::string_view colour_of(const Change& change);

}  // namespace thidua::reports
