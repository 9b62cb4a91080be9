// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Retention: once nobody can appeal any more, what tells of single dossiers and payments goes, and
// what tells of units, editions and decisions stays.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::store {

/// What tells of single dossiers and payments, in rows.
struct RowLevelData {
    std::int64_t dossiers = 0;  ///< versions, of now and of before
    std::int64_t payments = 0;  ///< versions, of now and of before
    std::int64_t captures = 0;  ///< answers of sources, reduced
    std::int64_t refused = 0;   ///< records that could not be read

    [[nodiscard]] std::int64_t all() const { return dossiers + payments + captures + refused; }

    friend bool operator==(const RowLevelData&, const RowLevelData&) = default;
};

/// Who has it taken away, and when.
struct PurgeOrder {
    std::string by;
    Instant now;
};

class Store;

/// When what tells of single dossiers and payments was taken away; nothing: it is there.
[[nodiscard]] Result<std::optional<Instant>> purged_at(Store& store);

/// What there is to be taken away.
[[nodiscard]] Result<RowLevelData> row_level_data(Store& store);

/// Takes it away for good, with an entry of the audit chain; rollups, editions, decisions and the
/// chain stay. What needs single dossiers refuses from then on, and nothing is published. What was
/// taken. Errors: Io, and then nothing was; but if only the last step failed (VACUUM), the file is
/// as large as it was.
[[nodiscard]] Result<RowLevelData> purge(Store& store, const PurgeOrder& order);

/// Usage if single dossiers are not there any more; `what` needs them.
[[nodiscard]] Result<void> refuse_if_purged(Store& store, std::string_view what);

}  // namespace thidua::store
