// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The tables of what people record, a part of schema 3 (store/schema.hpp). Each is append-only: a
// row is never changed, a later one takes its place.
#pragma once

#include <string_view>

namespace thidua::store {

inline constexpr std::string_view entries_schema_sql = R"sql(
-- A body's word on a question about a candidate (core/decision.hpp); the last row counts.
CREATE TABLE decision (
    agency INTEGER NOT NULL,
    id INTEGER NOT NULL,
    candidate TEXT NOT NULL,    -- a unit's code, or an officer's id
    question TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('met', 'not-met', 'not-applicable')),
    body TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    document TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;

-- What somebody filed for a content or a question (core/evidence.hpp).
CREATE TABLE evidence (
    agency INTEGER NOT NULL,
    id INTEGER NOT NULL,
    candidate TEXT NOT NULL,
    topic TEXT NOT NULL,        -- content/3, or the key of a question
    title TEXT NOT NULL,
    done TEXT NOT NULL,         -- what was done
    day INTEGER,
    document TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    filed_by TEXT NOT NULL,
    filed_at INTEGER NOT NULL,
    print TEXT NOT NULL,        -- tells it from others, whoever filed it
    PRIMARY KEY (agency, id),
    UNIQUE (agency, print)
) STRICT, WITHOUT ROWID;

-- Whether it is accepted: the last row of an evidence counts.
CREATE TABLE evidence_ruling (
    agency INTEGER NOT NULL,
    id INTEGER NOT NULL,
    evidence INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('filed', 'accepted', 'rejected')),
    ruled_by TEXT NOT NULL,
    ruled_at INTEGER NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;

-- What was proposed for a procedure, and decided on that (core/procedure_review.hpp).
CREATE TABLE procedure_review (
    agency INTEGER NOT NULL,
    id INTEGER NOT NULL,
    procedure TEXT NOT NULL,
    unit TEXT NOT NULL,         -- that reviewed it
    word TEXT NOT NULL CHECK (word IN ('full', 'partial', 'keep', 'approved', 'refused')),
    recorded_by TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    document TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;

-- Copies of a part of a nomination that came in (core/nomination.hpp); below 0 they went back.
CREATE TABLE nomination_receipt (
    agency INTEGER NOT NULL,
    id INTEGER NOT NULL,
    candidate TEXT NOT NULL,
    award TEXT NOT NULL,
    deadline TEXT NOT NULL,     -- for which it was handed in
    part TEXT NOT NULL,
    copies INTEGER NOT NULL,
    day INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace thidua::store
