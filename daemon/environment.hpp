// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a configuration needs of the machine that it is checked on: files, folders, letters.
#pragma once

#include "config/effective.hpp"

#include <vector>

namespace thidua::daemon {

/// Secrets that cannot be read or that others can, files that are not there, folders that cannot be
/// written, texts of the root file and the campaign with letters that the fonts lack. Looks as the
/// user whom it runs as, opens each secret and keeps nothing of it; writes nothing. In the order of
/// places.
[[nodiscard]] std::vector<config::Problem> look_at_environment(
    const config::EffectiveValue& effective
);

/// Where a value still is what `thidua init` wrote for want of a better one.
[[nodiscard]] std::vector<config::Problem> look_for_placeholders(
    const config::EffectiveValue& effective
);

}  // namespace thidua::daemon
