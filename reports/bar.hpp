// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reports/document.hpp"

#include <optional>

namespace thidua::reports {

/// A figure as a bar of whole steps.
struct BarSteps {
    int filled = 0;
    std::optional<int> goal;  ///< where the target is; nothing: there is none

    friend bool operator==(const BarSteps&, const BarSteps&) = default;
};

/// True if the figure has a ratio to draw.
[[nodiscard]] bool has_bar(const Percent& percent);

/// The figure on a bar of `full` steps, at least 3, from 0 to 100 %; it must have a bar. The filled
/// part stops short of the target, at it or beyond it as the exact counts do.
[[nodiscard]] BarSteps bar_steps(const Percent& percent, int full);

}  // namespace thidua::reports
