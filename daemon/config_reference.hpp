// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// docs/configuration.md, made from the table that the loader checks files by.
#pragma once

#include <string>

namespace thidua::daemon {

/// The whole page, as Markdown.
[[nodiscard]] std::string config_reference();

}  // namespace thidua::daemon
