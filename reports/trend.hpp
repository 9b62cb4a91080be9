// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The line of a figure over the weeks.
#pragma once

#include "reports/digest.hpp"
#include "reports/document.hpp"

#include <string>
#include <vector>

namespace thidua::reports {

/// A chart for each indicator of which two weeks at least are known, this one included.
[[nodiscard]] std::vector<TrendChart> trend_charts(const DigestInput& input);

/// Those charts under their heading; nothing if there are none.
void add_trends(std::vector<Block>& blocks, const DigestInput& input);

/// The same in words, for who does not see it: "Tuần 40: 41,2 %; Tuần 41: không công bố; …".
[[nodiscard]] std::string describe(const TrendChart& chart);

}  // namespace thidua::reports
