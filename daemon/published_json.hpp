// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.hpp"
#include "rules/published.hpp"

#include <string_view>

namespace thidua::daemon {

/// What the edition of this manifest said. Errors: Data if it is no manifest.
[[nodiscard]] Result<rules::Published> read_published(std::string_view manifest);

}  // namespace thidua::daemon
