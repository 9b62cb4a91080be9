// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A figure over the weeks, drawn.
#pragma once

#include "reports/pdf/page.hpp"

#include <vector>

namespace thidua::reports::pdf {

/// Where a chart is drawn: its upper left corner and its size.
struct Place {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

/// The chart in `place`: its name and its last value, a scale from 0 to 100 %, the target, the
/// line with a dot for each week. A week without a figure is a gap.
[[nodiscard]] std::vector<Item> trend_items(
    const Typesetter& typesetter, const TrendChart& chart, const Place& place
);

}  // namespace thidua::reports::pdf
