// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// When a failed request is tried again. Pure: the arithmetic is apart from the waiting.
#pragma once

#include "core/source.hpp"
#include "core/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace thidua::connectors {

/// What a Retry-After may ask for at most; more than that is somebody's mistake.
inline constexpr std::chrono::milliseconds retry_after_max{3'600'000};

/// How a request fared so far.
struct Attempts {
    int made = 0;                                          ///< failed ones, the last included
    std::chrono::milliseconds elapsed{0};                  ///< since the first began
    std::optional<std::chrono::milliseconds> retry_after;  ///< what the last answer asked for
};

/// How long to wait before the next attempt, or nothing if there is to be none: `max_attempts` are
/// made, or the next would begin after `deadline`.
///
/// Full jitter: evenly between 1 ms and backoff * 2^(made - 1), at most max_backoff. It is drawn
/// from `seed`, so that the same failure of the same request waits the same time. Retry-After is a
/// minimum, to which the jitter is added.
[[nodiscard]] std::optional<std::chrono::milliseconds> next_delay(
    const Retry& retry, const Attempts& attempts, std::uint64_t seed
);

/// Reads a Retry-After: seconds or an HTTP date. In the past: 0. More than retry_after_max: that.
/// Nothing if it is neither. Of several lines the longest time counts.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_retry_after(
    std::string_view text, Instant now
);

/// A seed for `next_delay`, from what tells one request from another.
[[nodiscard]] std::uint64_t jitter_seed(std::string_view source, std::string_view request);

}  // namespace thidua::connectors
