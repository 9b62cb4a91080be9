// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Texts as YAML, for files that the program writes.
#pragma once

#include <string>
#include <string_view>

namespace thidua::config {

/// In double quotes, on one line.
[[nodiscard]] std::string double_quoted(std::string_view text);

}  // namespace thidua::config
