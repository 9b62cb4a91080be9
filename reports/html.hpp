// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace thidua::reports {

/// `text` for the content or a quoted attribute of HTML. Control characters become spaces, and a
/// figure stays on one line with its per cent sign.
[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace thidua::reports
