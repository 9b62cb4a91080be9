// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reports/document.hpp"

#include <string>

namespace thidua::reports {

/// A table for a narrow screen: each row's label stands above its cells, which share the width
/// equally, so that no number of letters makes the table wider than the screen.
[[nodiscard]] std::string render_table(const Table& table);

}  // namespace thidua::reports
