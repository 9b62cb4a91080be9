// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The table of the urging ledger (sổ đôn đốc), a part of schema 4 (store/schema.hpp). Append-only.
#pragma once

#include <string_view>

namespace thidua::store {

inline constexpr std::string_view urging_schema_sql = R"sql(
-- That a letter was drafted for a unit, or that it was urged (core/urging.hpp).
CREATE TABLE urging (
    agency INTEGER NOT NULL,
    id INTEGER NOT NULL,
    unit TEXT NOT NULL,
    indicator TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('drafted', 'recorded')),
    day INTEGER NOT NULL,       -- on which it was urged; drafted: that the letter's figures are of
    recorded_by TEXT NOT NULL,
    document TEXT NOT NULL,
    note TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace thidua::store
