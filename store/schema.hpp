// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The tables. Each key begins with the agency, by which a cluster would spread them: a column of
// its own, or in SQLite the uppermost bits of a packed key (docs/decisions/0008, 0010). Times are
// milliseconds since 1970 UTC, days are days since 1970 in Viet Nam, money is whole đồng.
#pragma once

#include "store/alerts_schema.hpp"
#include "store/entries_schema.hpp"
#include "store/fourth_schema.hpp"
#include "store/notices_schema.hpp"
#include "store/urging_schema.hpp"

#include <array>
#include <string_view>

namespace thidua::store {

/// Number of the newest schema; kept in PRAGMA user_version.
inline constexpr int schema_version = 4;

/// One store serves one agency so far.
inline constexpr int agency = 1;

/// Schema 2. It does not change any more: what later schemas add stands below, so that a new store
/// and a migrated one have the same tables.
inline constexpr std::string_view second_schema_sql = R"sql(
CREATE TABLE meta (
    agency INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (agency, key)
) STRICT, WITHOUT ROWID;

-- A source as configuration names it.
CREATE TABLE source (
    agency INTEGER NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (agency, id),
    UNIQUE (agency, name)
) STRICT, WITHOUT ROWID;

-- One run against one source. data_through moves only when a pull is complete.
CREATE TABLE pull (
    agency INTEGER NOT NULL,
    id INTEGER NOT NULL,
    source INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    is_sweep INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'failed')),
    slices INTEGER NOT NULL DEFAULT 0,
    repeats INTEGER NOT NULL DEFAULT 0, -- of those: with the very answers of the last time
    data_through INTEGER,
    error_kind TEXT,
    error TEXT,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pull_by_source ON pull (agency, source, id);

-- A closed piece of a source that proved its completeness, published whole.
CREATE TABLE slice (
    agency INTEGER NOT NULL,
    id INTEGER NOT NULL,
    source INTEGER NOT NULL,
    pull INTEGER NOT NULL,
    key TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    records INTEGER NOT NULL,
    changed INTEGER NOT NULL,   -- versions opened
    rejected INTEGER NOT NULL,  -- records refused by themselves
    declared_total INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    bytes INTEGER NOT NULL,     -- of the answers as they came
    sha256 TEXT NOT NULL,       -- over the answers as they came
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX slice_by_key ON slice (agency, source, key, id);

-- Numbers for the texts that come again and again: 1 unit, 2 procedure, 3 issuer of a code.
CREATE TABLE dictionary (
    agency INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    id INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (agency, kind, id)
) STRICT, WITHOUT ROWID;

-- Dossier codes of an unusual shape, by which no key can be packed (dossier_key.hpp).
CREATE TABLE odd_code (
    agency INTEGER NOT NULL,
    code TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (agency, code)
) STRICT, WITHOUT ROWID;

-- A dossier's number that was given up for another one.
CREATE TABLE alias (
    agency INTEGER NOT NULL,
    number INTEGER NOT NULL,
    stands_for INTEGER NOT NULL,
    PRIMARY KEY (agency, number)
) STRICT, WITHOUT ROWID;

-- What a source says of a dossier now, since the slice that opened the version. The key is packed:
-- agency, day of registration, sequence, issuer, source. Sources never overwrite each other.
CREATE TABLE dossier (
    --postgres agency BIGINT NOT NULL, id BIGINT NOT NULL,
    id INTEGER PRIMARY KEY, --sqlite
    version INTEGER NOT NULL,
    slice INTEGER NOT NULL,
    procedure INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    status INTEGER NOT NULL,
    applied_at INTEGER,
    accepted_at INTEGER,
    due_at INTEGER,
    finished_at INTEGER,
    fee_count INTEGER NOT NULL,
    fee_total INTEGER NOT NULL,
    paid_flag INTEGER NOT NULL,
    payments TEXT NOT NULL,     -- the payments it names (dossier_row.hpp)
    content INTEGER NOT NULL    -- fingerprint of all the above that the source said
    --postgres , PRIMARY KEY (agency, id)
) STRICT;

-- What it said before: known from `slice` until (excluded) `until_slice`. Append-only.
CREATE TABLE dossier_history (
    --postgres agency BIGINT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    slice INTEGER NOT NULL,
    until_slice INTEGER NOT NULL,
    procedure INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    status INTEGER NOT NULL,
    applied_at INTEGER,
    accepted_at INTEGER,
    due_at INTEGER,
    finished_at INTEGER,
    fee_count INTEGER NOT NULL,
    fee_total INTEGER NOT NULL,
    paid_flag INTEGER NOT NULL,
    payments TEXT NOT NULL,
    content INTEGER NOT NULL,
    PRIMARY KEY (id, version) --sqlite
    --postgres PRIMARY KEY (agency, id, version)
) STRICT, WITHOUT ROWID;

-- The way back from a payment's reference to the dossiers whose current version names it.
CREATE TABLE payment_link (
    agency INTEGER NOT NULL,
    reference TEXT NOT NULL,
    dossier INTEGER NOT NULL,
    PRIMARY KEY (agency, reference, dossier)
) STRICT, WITHOUT ROWID;

-- What a payment source says of a reference now, and what it said before; as for dossiers.
CREATE TABLE payment (
    agency INTEGER NOT NULL,
    reference TEXT NOT NULL,
    source INTEGER NOT NULL,
    version INTEGER NOT NULL,
    slice INTEGER NOT NULL,
    state INTEGER NOT NULL,
    settled_at INTEGER,
    amount INTEGER,
    PRIMARY KEY (agency, reference, source)
) STRICT, WITHOUT ROWID;
CREATE TABLE payment_history (
    agency INTEGER NOT NULL,
    reference TEXT NOT NULL,
    source INTEGER NOT NULL,
    version INTEGER NOT NULL,
    slice INTEGER NOT NULL,
    until_slice INTEGER NOT NULL,
    state INTEGER NOT NULL,
    settled_at INTEGER,
    amount INTEGER,
    PRIMARY KEY (agency, reference, source, version)
) STRICT, WITHOUT ROWID;

-- Rollups of the current versions, kept in the transaction that changes them: what a unit's
-- dossiers of a source, received on a day, come to, packed by procedure (rollup_row.hpp).
CREATE TABLE rollup (
    agency INTEGER NOT NULL,
    day INTEGER NOT NULL,       -- of acceptance
    source INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    counts BLOB NOT NULL,       -- received, online, owing
    paid BLOB NOT NULL,         -- which of those that owe were paid, by road and day of settlement
    PRIMARY KEY (agency, day, source, unit)
) STRICT, WITHOUT ROWID;

-- How the answers of a slice looked when every dossier in it was as its own slices had left it:
-- the same answers again change nothing, and need not even be read.
CREATE TABLE slice_print (
    agency INTEGER NOT NULL,
    source INTEGER NOT NULL,
    key TEXT NOT NULL,
    print INTEGER NOT NULL,
    PRIMARY KEY (agency, source, key)
) STRICT, WITHOUT ROWID;

-- When a reference was asked for and is to be asked for again; next_at is null once settled.
CREATE TABLE look_up (
    agency INTEGER NOT NULL,
    source INTEGER NOT NULL,
    reference TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    next_at INTEGER,
    PRIMARY KEY (agency, source, reference)
) STRICT, WITHOUT ROWID;

-- A count that a source publishes itself; every capture is kept.
CREATE TABLE statistic (
    agency INTEGER NOT NULL,
    source INTEGER NOT NULL,
    period TEXT NOT NULL,
    unit_code TEXT NOT NULL,
    metric TEXT NOT NULL,
    slice INTEGER NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (agency, source, period, unit_code, metric, slice)
) STRICT, WITHOUT ROWID;

-- A due occurrence of a job and how it ended.
CREATE TABLE slot (
    agency INTEGER NOT NULL,
    job TEXT NOT NULL,
    scheduled_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('done', 'skipped', 'failed')),
    finished_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (agency, job, scheduled_at)
) STRICT, WITHOUT ROWID;

-- Published bytes, by their SHA-256, never overwritten.
CREATE TABLE artefact (
    agency INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (agency, sha256)
) STRICT;

CREATE TABLE edition (
    agency INTEGER NOT NULL,
    id TEXT NOT NULL,           -- report/period/audience/revision
    report TEXT NOT NULL,
    period TEXT NOT NULL,       -- 2024-W42
    as_of INTEGER NOT NULL,
    known_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    subject TEXT NOT NULL,
    config_hash TEXT NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE edition_document (
    agency INTEGER NOT NULL,
    edition TEXT NOT NULL,
    position INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (agency, edition, position)
) STRICT, WITHOUT ROWID;

-- One row per recipient of an edition: what was handed over, when, and the answer.
CREATE TABLE delivery (
    agency INTEGER NOT NULL,
    edition TEXT NOT NULL,
    recipient TEXT NOT NULL,
    address TEXT NOT NULL,
    message_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,       -- of the message, an artefact
    state TEXT NOT NULL CHECK (state IN
        ('pending', 'attempting', 'sent', 'deferred', 'refused', 'unknown')),
    attempts INTEGER NOT NULL DEFAULT 0,
    attempted_at INTEGER,
    next_at INTEGER,
    reply_code INTEGER,
    reply TEXT,
    PRIMARY KEY (agency, edition, recipient)
) STRICT, WITHOUT ROWID;

-- What was recorded and published, one after another; each entry is bound to the one before by
-- its hash (audit.hpp). Append-only.
CREATE TABLE audit (
    agency INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (agency, number)
) STRICT, WITHOUT ROWID;
)sql";

/// What schema 3 adds, beside entries_schema_sql.
inline constexpr std::string_view third_schema_sql = R"sql(
-- What a pull was for: pull, backfill, replay. Only the first kind moves data_through.
ALTER TABLE pull ADD COLUMN kind TEXT NOT NULL DEFAULT 'pull';

-- The records of the newest slice of a key as they came, reduced to the source's keep-list and
-- deflated (Slice::kept): a corrected mapping reads them again without asking.
CREATE TABLE capture (
    agency INTEGER NOT NULL,
    source INTEGER NOT NULL,
    key TEXT NOT NULL,
    slice INTEGER NOT NULL,
    kept BLOB NOT NULL,
    records INTEGER NOT NULL,   -- mapped and refused
    PRIMARY KEY (agency, source, key)
) STRICT;

-- A record that could not be read: one row, however often it comes. It is told by its source, by
-- why and where it was refused, pages and positions aside, and by what is kept of it.
CREATE TABLE quarantine (
    agency INTEGER NOT NULL,
    id INTEGER NOT NULL,
    source INTEGER NOT NULL,
    key TEXT NOT NULL,          -- of the slice that refused it last
    place TEXT NOT NULL,        -- page and JSON pointer there
    reason TEXT NOT NULL,
    record TEXT NOT NULL,       -- JSON, reduced to the keep-list; may be empty
    print TEXT NOT NULL,        -- tells it from others
    first_slice INTEGER NOT NULL,
    last_slice INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'resolved', 'replayed', 'dropped')),
    decided_by TEXT,
    decided_at INTEGER,
    note TEXT,
    PRIMARY KEY (agency, id),
    UNIQUE (agency, source, print)
) STRICT, WITHOUT ROWID;
CREATE INDEX quarantine_by_key ON quarantine (agency, source, key);

-- A field that records of a source have had, and since which slice.
CREATE TABLE field_shape (
    agency INTEGER NOT NULL,
    source INTEGER NOT NULL,
    pointer TEXT NOT NULL,
    type TEXT NOT NULL,
    since_slice INTEGER NOT NULL,
    PRIMARY KEY (agency, source, pointer, type)
) STRICT, WITHOUT ROWID;

-- What a catalogue said of a procedure from a slice on. Append-only: the row before is not changed.
CREATE TABLE procedure_version (
    agency INTEGER NOT NULL,
    source INTEGER NOT NULL,
    code TEXT NOT NULL,
    slice INTEGER NOT NULL,
    name TEXT NOT NULL,
    level INTEGER,              -- null: it does not say
    fee_bearing INTEGER,        -- null: it does not say
    units TEXT NOT NULL,        -- their codes, a space between them
    is_listed INTEGER NOT NULL, -- 0: the whole catalogue does not have it any more
    PRIMARY KEY (agency, source, code, slice)
) STRICT, WITHOUT ROWID;

-- A code for a unit that somebody decided on, beside those of the configuration.
CREATE TABLE unit_alias (
    agency INTEGER NOT NULL,
    code TEXT NOT NULL,
    unit TEXT NOT NULL,
    from_day INTEGER,           -- null: from ever
    decided_by TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (agency, code)
) STRICT, WITHOUT ROWID;

-- What is asked for beside the schedule, until all of it is published.
CREATE TABLE backfill (
    agency INTEGER NOT NULL,
    source INTEGER NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    key TEXT NOT NULL,          -- of a window that is published
    PRIMARY KEY (agency, source, first_day, last_day, key)
) STRICT, WITHOUT ROWID;
)sql";

/// What schema 3 added, one after another. It does not change any more.
inline constexpr std::array third_schema_parts{third_schema_sql, entries_schema_sql};

/// What schema 4 adds.
inline constexpr std::array fourth_schema_parts{
    slots_schema_sql, alerts_schema_sql, urging_schema_sql, notices_schema_sql};

}  // namespace thidua::store
