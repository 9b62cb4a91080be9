// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/bar.hpp"

#include "core/result.hpp"

#include <algorithm>

namespace thidua::reports {
namespace {

__extension__ using Wide = __int128;

int steps(std::int64_t part, std::int64_t whole, int full) {
    return static_cast<int>(std::clamp<Wide>(Wide{part} * full / whole, 0, full));
}

}  // namespace

bool has_bar(const Percent& percent) {
    return percent.counts && percent.counts->denominator > 0;
}

BarSteps bar_steps(const Percent& percent, int full) {
    check(has_bar(percent), "bar_steps: a figure with a ratio");
    const Ratio& counts = *percent.counts;
    const int value = steps(counts.numerator, counts.denominator, full);
    if (!percent.target) {
        return {value, std::nullopt};
    }
    const Share& target = percent.target->value;
    const int goal = steps(target.part, target.whole, full);
    const auto order = compare(counts, target);
    if (order < 0) {
        return {std::min(value, std::max(goal - 1, 0)), goal};
    }
    if (order == 0) {
        return {goal, goal};
    }
    return {std::min(std::max(value, goal + 1), full), goal};
}

}  // namespace thidua::reports
