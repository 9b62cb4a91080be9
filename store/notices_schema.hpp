// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What schema 4 adds for what is told beside the mail (store/schema.hpp).
#pragma once

#include <string_view>

namespace thidua::store {

inline constexpr std::string_view notices_schema_sql = R"sql(
-- What somebody is to be told beside the mail, and how that stands; one row for what goes on.
CREATE TABLE notice (
    agency INTEGER NOT NULL,
    key TEXT NOT NULL,          -- pull:tthc, mail
    state TEXT NOT NULL CHECK (state IN ('open', 'told', 'ending', 'closed')),
    began_at INTEGER NOT NULL,
    told_at INTEGER,            -- null: nobody was reached yet
    attempts INTEGER NOT NULL,  -- since it was told last
    next_at INTEGER,            -- when it is told again; null: not before something changes
    body TEXT NOT NULL,         -- what is told, JSON
    words TEXT NOT NULL,        -- how the last attempt went
    PRIMARY KEY (agency, key)
) STRICT, WITHOUT ROWID;

-- An edition that is filed on another machine too, or will be.
CREATE TABLE upload (
    agency INTEGER NOT NULL,
    edition TEXT NOT NULL,
    folder TEXT NOT NULL,       -- below the configured one: 2024/W42
    state TEXT NOT NULL CHECK (state IN ('pending', 'filed', 'failed')),
    began_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    next_at INTEGER,            -- null: it has ended
    words TEXT NOT NULL,        -- how the last attempt went; empty: well
    PRIMARY KEY (agency, edition)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace thidua::store
