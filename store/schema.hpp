// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The tables. Each key begins with `agency`, the column by which a cluster would spread them
// (docs/decisions/0008). Times are milliseconds since 1970 UTC, days are days since 1970 in Viet
// Nam, money is whole đồng.
#pragma once

#include <string_view>

namespace thidua::store {

/// Number of the newest schema; kept in PRAGMA user_version.
inline constexpr int schema_version = 1;

/// One store serves one agency so far.
inline constexpr int agency = 1;

inline constexpr std::string_view schema_sql = R"sql(
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

-- A dossier's number, which is ours and never given twice. Two numbers may turn out to be one
-- dossier; then one replaces the other.
CREATE TABLE dossier (
    agency INTEGER NOT NULL,
    id INTEGER NOT NULL,
    replaced_by INTEGER,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;

-- Every canonical code and alias of a dossier.
CREATE TABLE dossier_code (
    agency INTEGER NOT NULL,
    code TEXT NOT NULL,
    dossier INTEGER NOT NULL,
    PRIMARY KEY (agency, code)
) STRICT, WITHOUT ROWID;

-- What a source said of a dossier, append-only: a version is known from known_from until
-- (excluded) known_until, which is open in the newest one. Sources never overwrite each other.
CREATE TABLE dossier_version (
    agency INTEGER NOT NULL,
    source INTEGER NOT NULL,
    dossier INTEGER NOT NULL,
    version INTEGER NOT NULL,
    known_from INTEGER NOT NULL,
    known_until INTEGER,
    slice INTEGER NOT NULL,
    procedure_code TEXT NOT NULL,
    unit_code TEXT NOT NULL,
    channel INTEGER NOT NULL,
    status INTEGER NOT NULL,
    applied_at INTEGER,
    accepted_at INTEGER,
    accepted_day INTEGER,
    due_at INTEGER,
    finished_at INTEGER,
    fee_count INTEGER NOT NULL,
    fee_total INTEGER NOT NULL,
    paid_flag INTEGER NOT NULL,
    content INTEGER NOT NULL,   -- fingerprint of all the above that the source said
    PRIMARY KEY (agency, source, dossier, version)
) STRICT, WITHOUT ROWID;

-- The payments that a version names, in the source's order.
CREATE TABLE named_payment (
    agency INTEGER NOT NULL,
    source INTEGER NOT NULL,
    dossier INTEGER NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    reference TEXT NOT NULL,
    gateway INTEGER NOT NULL,
    state INTEGER NOT NULL,
    paid_at INTEGER,
    PRIMARY KEY (agency, source, dossier, version, position)
) STRICT, WITHOUT ROWID;

-- What a payment source said of a reference, on the same two axes.
CREATE TABLE payment_version (
    agency INTEGER NOT NULL,
    source INTEGER NOT NULL,
    reference TEXT NOT NULL,
    version INTEGER NOT NULL,
    known_from INTEGER NOT NULL,
    known_until INTEGER,
    slice INTEGER NOT NULL,
    state INTEGER NOT NULL,
    settled_at INTEGER,
    amount INTEGER,
    PRIMARY KEY (agency, source, reference, version)
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
)sql";

}  // namespace thidua::store
