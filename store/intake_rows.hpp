// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Writes what is kept of a slice beside its versions, in the transaction that publishes it. Private
// to store/.
#pragma once

#include "core/result.hpp"
#include "store/intake.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::store {

class Store;

/// A slice that is being published.
struct IntakeOf {
    const Slice& slice;
    std::int64_t source = 0;
    std::int64_t id = 0;           ///< of the slice
    std::int64_t gathered_by = 0;  ///< a replay: by which slice; 0: by itself
};

/// Keeps the capture and the refused records of a slice; what was not on file of its shape.
[[nodiscard]] Result<std::vector<FieldNews>> keep_intake(Store& store, const IntakeOf& what);

/// Those that were read, spooled ones included.
[[nodiscard]] std::int64_t record_count(const Slice& slice);

/// Tells a refused record from others of its source, wherever in the answer it stands.
[[nodiscard]] std::string print_of(const Rejected& rejected);

/// The slices after `slice` under other keys of `source`: what they said is newer than what `slice`
/// gathered.
[[nodiscard]] Result<std::set<std::int64_t>> later_words(
    Store& store, std::int64_t source, std::int64_t slice, std::string_view key
);

}  // namespace thidua::store
