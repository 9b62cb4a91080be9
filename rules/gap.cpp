// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/gap.hpp"

#include <utility>

namespace thidua::rules {
namespace {

// Counts and targets are 64-bit; their products are not.
__extension__ using Wide = __int128;

/// The least k >= 0 for which k * step is above (strict) or at least `distance`; step > 0.
std::int64_t steps_past(Wide distance, Wide step, TargetOperator op) {
    if (distance < 0 || (distance == 0 && op == TargetOperator::AtLeast)) {
        return 0;
    }
    const Wide steps =
        op == TargetOperator::Above ? distance / step + 1 : (distance + step - 1) / step;
    return static_cast<std::int64_t>(steps);
}

/// Target share times the denominator less the numerator, times the share's whole.
Wide distance_to(const Ratio& counts, const Target& target) {
    return Wide{target.value.part} * counts.denominator -
           Wide{counts.numerator} * target.value.whole;
}

/// `whole` is above 0. Targets have at most nine digits and cases are fewer than 10^9, so what is
/// made of both fits.
Ratio in_lowest_terms(Wide part, Wide whole) {
    Wide left = part < 0 ? -part : part;
    Wide divisor = whole;
    while (left != 0) {
        divisor = std::exchange(left, divisor % left);
    }
    return {static_cast<std::int64_t>(part / divisor), static_cast<std::int64_t>(whole / divisor)};
}

}  // namespace

std::optional<std::int64_t> convert_needed(const Ratio& counts, const Target& target) {
    if (counts.denominator == 0) {
        return std::nullopt;
    }
    return steps_past(distance_to(counts, target), target.value.whole, target.op);
}

std::optional<std::int64_t> new_all_online_needed(const Ratio& counts, const Target& target) {
    if (counts.denominator == 0) {
        return std::nullopt;
    }
    const Wide distance = distance_to(counts, target);
    const bool is_met = distance < 0 || (distance == 0 && target.op == TargetOperator::AtLeast);
    if (is_met) {
        return 0;
    }
    // Each new online case brings the figure nearer by what the share leaves free.
    const std::int64_t step = target.value.whole - target.value.part;
    if (step == 0) {
        return std::nullopt;
    }
    return steps_past(distance, step, target.op);
}

bool can_convert(const Ratio& counts, std::int64_t needed) {
    return needed <= counts.denominator - counts.numerator;
}

std::optional<ExpectedNeed> needed_of_expected(
    const Ratio& counts, const Target& target, std::int64_t volume
) {
    if (counts.denominator == 0 || volume <= 0) {
        return std::nullopt;
    }
    const Wide distance = distance_to({counts.numerator, counts.denominator + volume}, target);
    ExpectedNeed need;
    need.volume = volume;
    need.bound = in_lowest_terms(distance, Wide{target.value.whole} * volume);
    need.least = steps_past(distance, target.value.whole, target.op);
    need.is_feasible = need.least <= volume;
    return need;
}

}  // namespace thidua::rules
