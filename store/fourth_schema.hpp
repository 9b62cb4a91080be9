// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What schema 4 adds for what falls due and what is handed over (store/schema.hpp).
#pragma once

#include <string_view>

namespace thidua::store {

inline constexpr std::string_view slots_schema_sql = R"sql(
-- A due occurrence of a job, from the moment somebody works on it. The older table of this name
-- knew only those that had ended.
ALTER TABLE slot RENAME TO ended_slot;
CREATE TABLE slot (
    agency INTEGER NOT NULL,
    job TEXT NOT NULL,
    scheduled_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('running', 'waiting', 'delivering', 'done', 'sent', 'partly-sent', 'withheld', 'skipped',
         'failed')),
    attempts INTEGER NOT NULL,
    term INTEGER NOT NULL,      -- of the writer that worked on it last: who has another is dead
    started_at INTEGER NOT NULL,
    finished_at INTEGER,        -- null: it has not ended
    reason TEXT NOT NULL,
    PRIMARY KEY (agency, job, scheduled_at)
) STRICT, WITHOUT ROWID;
INSERT INTO slot (agency, job, scheduled_at, state, attempts, term, started_at, finished_at, reason)
    SELECT agency, job, scheduled_at, state, 1, 0, finished_at, finished_at, reason FROM ended_slot;
DROP TABLE ended_slot;

-- The slot that an edition was made for; empty and null: it was asked for.
ALTER TABLE edition ADD COLUMN job TEXT NOT NULL DEFAULT '';
ALTER TABLE edition ADD COLUMN scheduled_at INTEGER;

-- The same message without its attachments, for a relay that finds it too large; null: it has none.
ALTER TABLE delivery ADD COLUMN light_message_id TEXT;
ALTER TABLE delivery ADD COLUMN light_sha256 TEXT;
ALTER TABLE delivery ADD COLUMN is_light INTEGER NOT NULL DEFAULT 0;   -- 1: that one is sent
)sql";

}  // namespace thidua::store
