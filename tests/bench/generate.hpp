// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Pages as an iGate would answer them, invented and always the same for one seed. The recipe is
// that of docs/benchmark.md.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace thidua::bench {

/// The first acceptance day of every set, 2020-01-01: its month is the window of the reports.
inline constexpr Day first_day{std::chrono::days{18'262}};
inline constexpr Day last_day_of_window{std::chrono::days{18'262 + 30}};

enum class Set {
    Clean,    ///< each dossier once
    Mixed,    ///< 90 % new, 5 % sent again as they were, 5 % sent again one version on
    Changed,  ///< the dossiers of Clean, 5 % of them one version on
    Window,   ///< of Mixed, what belongs to the first month
};

struct Recipe {
    Set set = Set::Mixed;
    std::int64_t records = 100'000;  ///< of Mixed, for Window
    std::uint64_t seed = 1;
};

/// What was written.
struct Generated {
    std::int64_t records = 0;
    std::int64_t dossiers = 0;
    std::int64_t pages = 0;
    std::int64_t bytes = 0;
};

/// Writes pages of 1,000 records to `file`, one a line. Errors: Io.
[[nodiscard]] Result<Generated> generate(const Recipe& recipe, const std::filesystem::path& file);

}  // namespace thidua::bench
