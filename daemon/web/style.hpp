// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace thidua::daemon::web {

/// /style.css: from 360 px to a wall screen, light and dark. Every text has at least 4.5:1 against
/// its background, and colour never says what words do not.
extern const std::string_view stylesheet;

}  // namespace thidua::daemon::web
