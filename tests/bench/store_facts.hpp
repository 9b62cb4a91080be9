// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// All that the benchmark knows about the store beyond its published functions: how it remembers
// the print of a slice, and in which tables dossiers stand. When the store changes, this changes.
#pragma once

#include "core/result.hpp"
#include "core/slice.hpp"
#include "core/time.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::bench {

inline constexpr std::string_view records_source = "tthc";
inline constexpr std::string_view payments_source = "platform";

/// Writes the print of the answers into a slice.
void set_print(Slice& slice, std::uint64_t print);

/// True if the slice `key` was published before with this print, so that nothing of it needs to be
/// decoded. Nothing: this store does not remember prints. Errors: Io.
[[nodiscard]] Result<std::optional<bool>> has_print(
    store::Store& store, std::string_view key, std::uint64_t print
);

/// What a store holds, read past it.
struct StoreTotals {
    std::int64_t dossiers = 0;
    std::int64_t fee_total = 0;
    std::int64_t history = 0;  ///< versions that others have followed
};
[[nodiscard]] Result<StoreTotals> totals_of(const std::filesystem::path& file);

/// Received, online and fees of each unit in a range of acceptance days.
struct UnitTotal {
    std::string unit;
    std::int64_t received = 0;
    std::int64_t online = 0;
    std::int64_t fee_total = 0;
};

/// What a plain table would be asked: all current dossiers, grouped.
/// Errors: Io.
[[nodiscard]] Result<std::vector<UnitTotal>> scan(
    const std::filesystem::path& file, Day from, Day to
);

}  // namespace thidua::bench
