// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What is kept of a source's answers beside the versions: captures, records that could not be read,
// the shape of records, and what people decided on. Plain values.
#pragma once

#include "core/slice.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::store {

/// What a pull is for. Only the first kind moves `data_through`.
enum class PullKind {
    Pull,      ///< what the schedule, or a person, wants to know now
    Backfill,  ///< days that a person named
    Replay,    ///< captures, read once more
};

/// "pull", "backfill", "replay"
[[nodiscard]] std::string_view to_text(PullKind kind);

/// A field that was not on file, or not with this type.
struct FieldNews {
    FieldShape field;
    std::string before;  ///< the types it had, ", " between them; empty: it is new

    friend bool operator==(const FieldNews&, const FieldNews&) = default;
};

/// The kept records of the newest slice of a key, without them.
struct Capture {
    std::string source;
    std::string key;
    std::int64_t slice = 0;  ///< that gathered them
    std::int64_t records = 0;
    std::string sha256;      ///< of the answers as they came
    std::int64_t bytes = 0;  ///< of them
};

/// A record that could not be read.
struct Quarantined {
    std::int64_t id = 0;
    std::string source;
    std::string key;     ///< of the slice that refused it last
    std::string place;   ///< page and JSON pointer there
    std::string reason;  ///< never with a value
    std::string record;  ///< JSON, reduced to the keep-list; may be empty
    std::int64_t first_slice = 0;
    std::int64_t last_slice = 0;
    Instant first_seen;
    Instant last_seen;
    std::string state;       ///< open, resolved, replayed, dropped
    std::string decided_by;  ///< empty unless dropped
    std::optional<Instant> decided_at;
    std::string note;
};

/// Which of them to tell of.
struct QuarantineQuery {
    enum class Which { Open, All };
    Which which = Which::Open;
    std::string source;                ///< only of it; empty: of all
    std::optional<std::int64_t> id{};  ///< only this one
};

/// Who settled something, when, and why.
struct Ruling {
    std::string by;
    Instant at;
    std::string note{};
};

/// Evidence that is on file.
struct FiledEvidence {
    std::int64_t id = 0;
    bool is_new = true;  ///< false: the very same was on file before

    friend bool operator==(const FiledEvidence&, const FiledEvidence&) = default;
};

/// A code that somebody decided to be a unit's.
struct UnitAlias {
    std::string code;  ///< canonical
    std::string unit;
    std::optional<Day> from;  ///< nothing: from ever
    std::string decided_by;
    Instant decided_at;

    friend bool operator==(const UnitAlias&, const UnitAlias&) = default;
};

/// How often current versions of dossiers that were received name a unit code.
struct UnitCode {
    std::string code;
    std::int64_t dossiers = 0;
    Day first;  ///< of acceptance
    Day last;

    friend bool operator==(const UnitCode&, const UnitCode&) = default;
};

/// What a catalogue said of a procedure from an instant on.
struct CatalogueEntry {
    std::string source;
    Instant said_at;
    ProcedureRecord record;
    bool is_listed = true;  ///< false: the catalogue does not have it any more

    friend bool operator==(const CatalogueEntry&, const CatalogueEntry&) = default;
};

/// What publishing a slice would do.
struct Preview {
    std::int64_t records = 0;
    std::int64_t changed = 0;         ///< dossiers, references, statistics and procedures with
                                      ///< a new version
    std::int64_t refused = 0;         ///< that are not in the quarantine, open or dropped
    std::int64_t resolved = 0;        ///< open ones of the same key that it does not refuse
    std::optional<std::string> no{};  ///< why it would be refused; nothing: it would not
};

/// The days that a backfill was asked for.
struct BackfillDays {
    std::string source;
    Day first;
    Day last;
};

/// Slices of look-ups share this key: there is no predecessor to compare with.
inline constexpr std::string_view look_up_key = "lookup";

}  // namespace thidua::store
