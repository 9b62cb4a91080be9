// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Whether the store is what it promises to be.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace thidua::store {

/// What a verification found.
struct Verification {
    std::int64_t versions = 0;     ///< that were read
    std::int64_t rollup_rows = 0;  ///< that were compared
    std::int64_t problems = 0;
    std::vector<std::string> first_problems;  ///< in words, the first few
    /// Since then there is nothing to recompute from, and nothing was looked at.
    std::optional<Instant> purged_at;
};

/// Told how far a verification has come, in versions, out of how many.
using VerifyProgress = std::function<void(std::int64_t done, std::int64_t total)>;

class Store;

/// As Store::verify, but a writer is never held up. Errors: Transient if one published each time
/// that the walk was under way; Stopped.
[[nodiscard]] Result<Verification> verify_beside(
    Store& store, const VerifyProgress& progress, const std::stop_token& stop
);

}  // namespace thidua::store
