// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The tables of reminders, a part of schema 4 (store/schema.hpp): see core/alert.hpp. Each is
// append-only.
#pragma once

#include <string_view>

namespace thidua::store {

inline constexpr std::string_view alerts_schema_sql = R"sql(
-- A day of which every alert was looked at. What no row of alert_change tells of was as before.
CREATE TABLE alert_day (
    agency INTEGER NOT NULL,
    day INTEGER NOT NULL,       -- the last one counted
    known_at INTEGER NOT NULL,
    figures INTEGER NOT NULL,
    PRIMARY KEY (agency, day)
) STRICT, WITHOUT ROWID;

-- How a unit stands with an indicator from a day on; the last row counts.
CREATE TABLE alert_change (
    agency INTEGER NOT NULL,
    id INTEGER NOT NULL,
    unit TEXT NOT NULL,
    indicator TEXT NOT NULL,
    day INTEGER NOT NULL,
    was TEXT NOT NULL CHECK (was IN ('inactive', 'pending', 'firing', 'undetermined')),
    state TEXT NOT NULL CHECK (state IN ('inactive', 'pending', 'firing', 'undetermined')),
    held TEXT NOT NULL CHECK (held IN ('inactive', 'pending', 'firing')),
    recovering INTEGER NOT NULL,
    run INTEGER NOT NULL,       -- days seen without a break, this one included
    since INTEGER,              -- a day; of `held`
    frozen_since INTEGER,       -- a day
    cause TEXT NOT NULL CHECK (cause IN
        ('below', 'met', 'no-activity', 'no-target', 'unknown', 'source')),
    numerator INTEGER,          -- null: there is no figure
    denominator INTEGER,
    source TEXT NOT NULL,       -- the one that is to blame
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;

-- A step of the ladder, and the edition that tells of it: one row for each edition.
CREATE TABLE alert_step (
    agency INTEGER NOT NULL,
    id INTEGER NOT NULL,
    unit TEXT NOT NULL,
    indicator TEXT NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('first', 'second', 'leaders')),
    day INTEGER NOT NULL,       -- on which it was taken
    edition TEXT NOT NULL,      -- empty: nobody is there to be told
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;

-- Somebody's word that nobody is reminded for a while; and that it ended before its time.
CREATE TABLE silence (
    agency INTEGER NOT NULL,
    id INTEGER NOT NULL,
    unit TEXT NOT NULL,         -- empty: all
    indicator TEXT NOT NULL,    -- empty: all
    from_day INTEGER NOT NULL,
    until_day INTEGER NOT NULL, -- included
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (agency, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE silence_end (
    agency INTEGER NOT NULL,
    silence INTEGER NOT NULL,
    author TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (agency, silence)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace thidua::store
