// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// All that the benchmark knows about the store beyond its published functions: in which tables
// dossiers stand. When the store changes, this changes.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::bench {

inline constexpr std::string_view records_source = "tthc";
inline constexpr std::string_view payments_source = "platform";

/// A SQLite file, or a PostgreSQL server by its URL.
[[nodiscard]] store::Location location_of(const std::string& where);

/// What a store holds, read past it.
struct StoreTotals {
    std::int64_t dossiers = 0;
    std::int64_t fee_total = 0;
    std::int64_t history = 0;  ///< versions that others have followed
};
[[nodiscard]] Result<StoreTotals> totals_of(const std::string& where);

/// Received, online and fees of each unit in a range of acceptance days.
struct UnitTotal {
    std::int64_t unit = 0;  ///< the store's number for it
    std::int64_t received = 0;
    std::int64_t online = 0;
    std::int64_t fee_total = 0;
};

/// What a plain table would be asked: all current dossiers, grouped. Errors: Io.
[[nodiscard]] Result<std::vector<UnitTotal>> scan(const std::string& where, Day from, Day to);

}  // namespace thidua::bench
