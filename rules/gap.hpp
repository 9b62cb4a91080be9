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

/// Whether there are as many cases to convert: k of convert_needed() is at most D - N.
[[nodiscard]] bool can_convert(const Ratio& counts, std::int64_t needed);

/// What the cases that are still to come must bring.
struct ExpectedNeed {
    std::int64_t volume = 0;  ///< V: cases expected to come
    /// The share of them that must be past it, as the target's operator says: (t(D + V) - N) / V,
    /// in lowest terms, never rounded. Below 0: even none of them need be online.
    Ratio bound;
    std::int64_t least = 0;    ///< so many of them at the least
    bool is_feasible = false;  ///< they are not more than will come

    friend bool operator==(const ExpectedNeed&, const ExpectedNeed&) = default;
};

/// Existing cases stay as they are and `volume` more come: how many of these must be online.
/// Nothing if D is 0, or if no more are expected.
[[nodiscard]] std::optional<ExpectedNeed> needed_of_expected(
    const Ratio& counts, const Target& target, std::int64_t volume
);

}  // namespace thidua::rules
