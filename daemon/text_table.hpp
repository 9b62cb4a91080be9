// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace thidua::daemon {

using TextRow = std::vector<std::string>;

/// Rows below each other, each column as wide as its widest text; all rows have as many columns as
/// the first, of which there must be one.
[[nodiscard]] std::string text_table(const std::vector<TextRow>& rows);

}  // namespace thidua::daemon
