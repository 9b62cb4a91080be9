// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A made-up source that changes its mind: days of pulls with corrections, merges, refunds.
#pragma once

#include "core/slice.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace thidua::store {

/// One pull of one source at one time.
struct RandomPull {
    std::string source;
    Instant at;
    Slice slice;
};

/// A history that depends on the seed only. Dossiers are corrected, go to other units, get further
/// codes, turn out to be one; payments succeed, are refunded, are named later.
[[nodiscard]] std::vector<RandomPull> random_pulls(std::uint32_t seed, int pulls);

}  // namespace thidua::store
