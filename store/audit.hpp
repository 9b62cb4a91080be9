// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The audit chain: what was recorded and published, each entry bound to all before it by a hash, so
// that nothing can be altered or taken out unnoticed (docs/decisions/0011).
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "store/witness.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::store {

/// What an entry tells.
struct AuditNote {
    std::string kind;     ///< slice, pull, configuration, edition, delivery, slot, migrated, ...
    std::string subject;  ///< what it is about, such as an edition's id
    std::string detail;   ///< "key=value key=value"; a free text comes last

    friend bool operator==(const AuditNote&, const AuditNote&) = default;
};

struct AuditEntry {
    std::int64_t number = 0;  ///< 1, 2, ...
    Instant at;
    AuditNote note;
    std::string hash;
};

/// The newest entry; number 0 and no hash while there is none.
struct AuditHead {
    std::int64_t number = 0;
    std::string hash;
    Instant at;
};

/// SHA-256, in hexadecimal, over "thidua-audit-1" and then the previous entry's hash (empty for the
/// first), number, at (milliseconds since 1970 UTC), kind, subject and detail, each written as
/// LENGTH:BYTES, with the length in bytes. So no two entries have one text.
[[nodiscard]] std::string audit_hash(std::string_view previous_hash, const AuditEntry& entry);

/// Something that is not as the chain says.
struct AuditFault {
    std::int64_t number = 0;  ///< of the entry; 0 if no entry is to blame
    std::string subject;
    std::string problem;
};

/// What a walk along the chain found.
struct AuditReport {
    AuditHead head;
    std::int64_t epoch = 1;
    std::optional<WitnessLine> witness;
    std::int64_t artefacts = 0;      ///< archived bytes that were hashed again
    std::vector<AuditFault> faults;  ///< the first is the first altered or missing entry
};

// What the entries say. Made when something is recorded, and again from its row when the chain is
// verified: the two must be one text.

struct SliceAccount {
    std::int64_t id = 0;
    std::string source;
    std::string key;
    std::int64_t records = 0;
    std::int64_t changed = 0;
    std::string sha256;
};
[[nodiscard]] AuditNote note_of(const SliceAccount& slice);

struct PullAccount {
    std::int64_t id = 0;
    std::string source;
    std::string state;
    std::string error_kind;
    std::int64_t slices = 0;
    std::int64_t repeats = 0;
    std::string kind = "pull";  ///< told unless it is this one, which was the only one once
};
[[nodiscard]] AuditNote note_of(const PullAccount& pull);

/// A decision to drop a record that could not be read.
struct DropAccount {
    std::int64_t id = 0;  ///< in the quarantine
    std::string source;
    std::string by;
    std::string print;  ///< of the record
    std::string note;
};
[[nodiscard]] AuditNote note_of(const DropAccount& drop);

/// A decision about a unit's code.
struct AliasAccount {
    std::string code;
    std::string unit;
    std::optional<Day> from;
    std::string by;
};
[[nodiscard]] AuditNote note_of(const AliasAccount& alias);

/// What a person put on file: a row of a table that is only added to.
struct EntryAccount {
    std::string kind;  ///< "decided"
    std::int64_t id = 0;
    std::string words;                ///< "key=value key=value", for who reads the chain
    std::vector<std::string> fields;  ///< all of the row; bound by a hash, each with its length
};
[[nodiscard]] AuditNote note_of(const EntryAccount& entry);

struct EditionAccount {
    std::string id;
    std::string subject;
    Instant known_at;
    std::string config_hash;
    std::vector<std::pair<std::string, std::string>> documents;  ///< file name, SHA-256
};
[[nodiscard]] AuditNote note_of(const EditionAccount& edition);

struct DeliveryAccount {
    std::string edition;
    std::string recipient;
    std::string state;
    std::int64_t attempts = 0;
    std::int64_t reply_code = 0;
    std::string sha256;  ///< of the message
};
[[nodiscard]] AuditNote note_of(const DeliveryAccount& delivery);

/// The whole number after "key=" in a detail.
[[nodiscard]] std::optional<std::int64_t> number_in(std::string_view detail, std::string_view key);

}  // namespace thidua::store
