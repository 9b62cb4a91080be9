// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// How far a figure is from its target, in actions: exact, strict, under named assumptions.
#pragma once

#include "core/campaign.hpp"
#include "core/ratio.hpp"

#include <cstdint>
#include <optional>

namespace thidua::rules {

/// Existing cases to convert: the least k with (N + k) / D past the target. 0 if it is met; it may
/// exceed D - N, and then converting alone cannot do it. D = 0: nothing.
[[nodiscard]] std::optional<std::int64_t> convert_needed(const Ratio& counts, const Target& target);

/// New cases needed if all of them are online: the least k with (N + k) / (D + k) past the target.
/// Nothing if D is 0, or if no number of new cases is enough (a target of 100 % that is strict, or
/// that a case has already missed).
[[nodiscard]] std::optional<std::int64_t> new_all_online_needed(
    const Ratio& counts, const Target& target
);

}  // namespace thidua::rules
