// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Units and indicators as people name them on the command line.
#pragma once

#include "config/settings.hpp"
#include "core/result.hpp"

#include <string>
#include <string_view>

namespace thidua::daemon {

/// The code of the unit in its new form. Errors: Usage if there is none such.
[[nodiscard]] Result<std::string> find_unit_code(
    const config::Settings& settings, std::string_view given
);

/// Errors: Usage, with those that there are. The pointer is into `campaign`.
[[nodiscard]] Result<const Indicator*> find_indicator(
    const Campaign& campaign, std::string_view id
);

}  // namespace thidua::daemon
