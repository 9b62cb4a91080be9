// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Rows of the table `rollup`: all that one source's dossiers of one unit come to on one day, packed
// by procedure. A row for each procedure would be nearly a row for each dossier where units and
// procedures scatter, and the largest part of what a pull costs (docs/decisions/0010). Pure.
// Private to store/.
#pragma once

#include "core/result.hpp"
#include "store/rollup.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace thidua::store {

/// Which row: a day of acceptance (days since 1970 in Viet Nam), a source, a unit.
struct RollupKey {
    std::int64_t day = 0;
    std::int64_t source = 0;
    std::int64_t unit = 0;
    friend auto operator<=>(const RollupKey&, const RollupKey&) = default;
};

[[nodiscard]] inline RollupKey row_of(const DayKey& key) {
    return {key.day, key.source, key.unit};
}

/// A row as it is stored.
///
/// Shape: `counts` has, ascending by procedure, its distance to the one before, received, online
/// and owing; `paid` has, ascending by its key, the distance of the procedure to the one before,
/// way, payment source, day of settlement and dossiers. Each number takes seven bits a byte, the
/// lowest first, with the eighth set where more follow; those that may be below 0 (all counts, and
/// days) as twice the number, or twice its distance below 0 less one.
struct RollupRow {
    RollupKey key;
    std::string counts;
    std::string paid;
    friend bool operator==(const RollupRow&, const RollupRow&) = default;
};

/// A settled change as rows, ascending by key.
[[nodiscard]] std::vector<RollupRow> pack(const RollupChange& settled);

/// Adds what a row holds to `sums`, in the order of its keys. Errors: Io if the row is damaged,
/// naming it.
[[nodiscard]] Result<void> unpack(const RollupRow& row, RollupChange& sums);

}  // namespace thidua::store
