// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a store is told of a pull and its slices, and what it tells of them.
#pragma once

#include "core/records.hpp"
#include "core/result.hpp"
#include "core/slice.hpp"
#include "core/source.hpp"
#include "core/tally.hpp"
#include "core/time.hpp"
#include "store/intake.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace thidua::store {

/// A pull under way. Its row is written with its first slice, or when it ends.
struct PullRun {
    std::string source;
    Instant started_at;
    bool is_sweep = false;
    std::int64_t id = 0;  ///< 0: no row yet
    int slices = 0;
    int repeats = 0;  ///< of those: with the very answers of the last time
    PullKind kind = PullKind::Pull;
    RecordKind records = RecordKind::Dossiers;  ///< what its source has
};

/// How a pull ended; without an error it is complete, and unless it is of another kind,
/// `data_through` moves to its start.
struct PullEnd {
    Instant finished_at;
    std::optional<Error> error;
};

/// A slice to publish, and what is expected of it.
struct SliceToPublish {
    const Slice& slice;
    Instant now;
    const Expect& expect;
    /// When a reference is asked again (connectors/plan.hpp); for payment slices.
    std::function<std::optional<Instant>(PaymentState state, int attempts, Instant asked)>
        next_look_up;
    /// A replay: the slice that gathered these records once. What other slices have said of a
    /// dossier since then stays. 0: they were gathered now.
    std::int64_t gathered_by = 0;
};

/// What publishing a slice did.
struct Published {
    std::int64_t records = 0;
    std::int64_t changed = 0;       ///< versions opened; 0 when the source said nothing new
    bool is_repeat = false;         ///< the very answers of the last time: not a row was written
    std::vector<FieldNews> news{};  ///< fields and types that were not on file of the source
};

/// What is remembered of a source between pulls.
struct SourceProgress {
    std::optional<Instant> data_through;
    std::optional<Instant> swept_at;
};

/// Which pulls to tell of.
struct PullQuery {
    enum class Which {
        All,
        LastOfEachSource,  ///< of the kind that moves data_through
    };
    Which which = Which::All;
    std::string source;  ///< only its; empty: those of all
    std::int64_t limit = std::numeric_limits<std::int64_t>::max();
};

/// A pull, for people.
struct PullSummary {
    std::int64_t id = 0;
    std::string source;
    bool is_sweep = false;
    Instant started_at;
    std::optional<Instant> finished_at;
    std::string state;  ///< running, complete, failed
    std::string kind;   ///< pull, backfill, replay
    int slices = 0;
    int repeats = 0;           ///< of those: with the very answers of the last time
    std::int64_t records = 0;  ///< in the slices that were no repeats
    std::int64_t changed = 0;  ///< versions opened
    std::string error_kind;    ///< empty unless it failed
    std::string error;
};

/// A version as it was counted: without anything personal.
struct CountedVersion {
    std::string dossier;  ///< canonical code
    std::int64_t version = 0;
    std::int64_t slice = 0;  ///< that opened it
    Tally tally;             ///< of this dossier alone: each count is 0 or 1
};

/// A payment by which a dossier counts as paid, as it was known.
struct CountedPayment {
    std::string dossier;    ///< canonical code
    std::string reference;  ///< empty where the record names none
    Gateway gateway = Gateway::None;
    std::string source;        ///< whose word it is: the payment record's, or the dossier's own
    std::int64_t version = 0;  ///< of that word: of the reference there, or of the dossier here
    std::int64_t slice = 0;    ///< that opened it
    Instant settled_at;
};

/// A slice that was published, and the pull it belongs to.
struct SliceSummary {
    std::int64_t id = 0;
    std::string source;
    std::string key;
    Instant published_at;
    std::int64_t records = 0;
    std::int64_t changed = 0;
    std::string sha256;  ///< of the answers as they came
    std::int64_t pull = 0;
    Instant pull_started_at;
};

}  // namespace thidua::store
