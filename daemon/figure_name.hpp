// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a figure's id stands for.
#pragma once

#include "config/settings.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace thidua::daemon {

/// What an id stands for, before anything is counted.
struct NamedFigure {
    const Indicator* indicator = nullptr;  ///< of the settings that were tried
    std::string unit;                      ///< code, or rules::total_unit
    Day as_of;
    std::int64_t known_slice = 0;
};

/// The figure of this campaign whose id is `id`, by the newest of `newest_slice` slices that gives
/// it. Errors: Usage if the id is not one, or no figure has it.
[[nodiscard]] Result<NamedFigure> find_figure_name(
    const config::Settings& settings, std::string_view id, std::int64_t newest_slice
);

}  // namespace thidua::daemon
