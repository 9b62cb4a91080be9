// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What was learnt and what was published, kept for good: versions on two time axes, pulls and
// slices, slots, editions and the delivery ledger.
#pragma once

#include "core/comparison.hpp"
#include "core/records.hpp"
#include "core/result.hpp"
#include "core/slice.hpp"
#include "core/source.hpp"
#include "core/tally.hpp"
#include "core/time.hpp"
#include "store/audit.hpp"
#include "store/database.hpp"
#include "store/dictionary.hpp"
#include "store/intake.hpp"
#include "store/ledger.hpp"
#include "store/progress_sink.hpp"
#include "store/verify.hpp"
#include "store/version_tables.hpp"
#include "store/witness.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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

class Versions;

/// One store, one connection; used by one thread at a time.
class Store {
  public:
    /// Whether a store that is opened for writing has to agree with its witness.
    enum class Agreement { Demanded, Waived };

    /// Opens the store; for writing it is made if missing. Errors: Io, naming file and remedy; a
    /// store from a newer program is refused, and so is one from an older program (migrations.hpp)
    /// and one that has lost what its witness saw.
    [[nodiscard]] static Result<Store> open(
        const Location& location, Access access, Agreement agreement = Agreement::Demanded
    );

    /// Marks a new store as made for simulation, so that a virtual clock may write to it.
    /// Errors: Usage if it already holds real pulls.
    [[nodiscard]] Result<void> mark_simulation();
    [[nodiscard]] Result<bool> is_simulation();

    // Pulls (pulls.cpp)

    /// Publishes a slice whole: versions, rollups, look-ups, captures and the pull's row in one
    /// transaction. A repeat (has_print) needs no records and writes nothing.
    /// Errors: Data if it is emptied or shrunken against its predecessor; then nothing changes.
    [[nodiscard]] Result<Published> publish(PullRun& run, const SliceToPublish& what);
    /// True if these very answers (Slice::print) were published under `key` and nothing has touched
    /// their dossiers since: publishing them again would change nothing.
    [[nodiscard]] Result<bool> has_print(
        std::string_view source, std::string_view key, std::uint64_t print
    );
    [[nodiscard]] Result<void> finish_pull(PullRun& run, const PullEnd& end);
    /// Pulls that a crash left open become failed, "interrupted".
    [[nodiscard]] Result<int> close_interrupted(Instant now);
    [[nodiscard]] Result<SourceProgress> progress(std::string_view source);
    /// The newest on record first.
    [[nodiscard]] Result<std::vector<PullSummary>> pulls(const PullQuery& query = {});
    /// References through the gateway dvcqg that records of `source` name and that are to be asked
    /// of `look_up_source` at `now`; `everything`: all that are not settled.
    [[nodiscard]] Result<std::vector<std::string>> open_references(
        std::string_view source, std::string_view look_up_source, Instant now, LookUpScope scope
    );

    // What is kept beside the versions (intake.cpp, quarantine.cpp, unit_codes.cpp, preview.cpp)

    /// What publishing would do. Only reads, also on a store that was opened to be read.
    [[nodiscard]] Result<Preview> preview(std::string_view source, const SliceToPublish& what);
    /// Those of `source` (empty: of all), by the slice that gathered them.
    [[nodiscard]] Result<std::vector<Capture>> captures(std::string_view source);
    /// The records themselves (Slice::kept). Errors: Usage if there are none.
    [[nodiscard]] Result<std::string> captured(std::string_view source, std::string_view key);
    /// By number.
    [[nodiscard]] Result<std::vector<Quarantined>> quarantine(const QuarantineQuery& query);
    /// Takes an open one out of what is to be seen to, for good, however often it comes again.
    /// Errors: Usage if there is none, or it is not open.
    [[nodiscard]] Result<void> drop_quarantined(std::int64_t id, const Decision& decision);
    /// What people decided on, by code.
    [[nodiscard]] Result<std::vector<UnitAlias>> unit_aliases();
    /// Puts the alias on file, in place of an earlier decision about its code.
    [[nodiscard]] Result<void> map_unit(const UnitAlias& alias);
    /// The unit codes that current versions of received dossiers of `source` name, by code.
    [[nodiscard]] Result<std::vector<UnitCode>> unit_codes(std::string_view source);
    /// Keys of the windows that an unfinished backfill has published.
    [[nodiscard]] Result<std::vector<std::string>> backfilled(const BackfillDays& days);
    [[nodiscard]] Result<void> note_backfilled(const BackfillDays& days, std::string_view key);
    /// It is finished: the same days are asked for from their first on the next time.
    [[nodiscard]] Result<void> forget_backfill(const BackfillDays& days);

    /// Codes of the dossiers that records of `source` tell of and that are to be asked of
    /// `look_up_source` at `now`, ascending; `everything`: all of them.
    [[nodiscard]] Result<std::vector<std::string>> open_dossiers(
        std::string_view source, std::string_view look_up_source, Instant now, LookUpScope scope
    );

    // Catalogues (catalogue.cpp)

    /// What catalogues had said of procedures by `known_at`, by source, code and time.
    [[nodiscard]] Result<std::vector<CatalogueEntry>> catalogue(Instant known_at);
    /// Codes of the procedures that `look_up_source` is to be asked about at `now`, ascending: of
    /// `configured` ones, and of those that dossiers and catalogues name.
    [[nodiscard]] Result<std::vector<std::string>> open_procedures(
        std::span<const std::string> configured,
        std::string_view look_up_source,
        Instant now,
        LookUpScope scope
    );

    // Counting (counts.cpp, counted_payments.cpp)

    /// From the rollups if nothing was recorded after `query.known_at`, else from the versions. One
    /// tally each of piece, unit code and procedure code, in no particular order.
    [[nodiscard]] Result<std::vector<Tally>> tally(const TallyQuery& query);
    /// The newest slice that was recorded at or before `known_at`; 0 if there was none.
    [[nodiscard]] Result<std::int64_t> slice_known_at(Instant known_at);
    /// Offers every version that tally() counts for `query`, always from the versions themselves.
    [[nodiscard]] Result<void> for_each_counted(
        const TallyQuery& query, const std::function<void(CountedVersion)>& visit
    );
    /// Offers every payment by which a dossier counts as paid for `query`, from the versions: one
    /// settled by the end of `query.to` through a gateway asked for. None where the evidence is the
    /// record's flag.
    [[nodiscard]] Result<void> for_each_counted_payment(
        const TallyQuery& query, const std::function<void(CountedPayment)>& visit
    );
    /// All slices, oldest first.
    [[nodiscard]] Result<std::vector<SliceSummary>> slices();

    // Setting streams side by side (comparison.cpp)

    /// The dossiers that one of both streams calls received in the window at some time from
    /// `settled_slice` to `known_slice`, ascending by number: with the words that were known then,
    /// and all that the payment source had said by `known_slice` of the references they name.
    ///
    /// A dossier that was registered more than a year before the window is not looked for. Reads a
    /// piece at a time.
    [[nodiscard]] Result<std::vector<ComparedDossier>> side_by_side(const ComparisonQuery& query);
    /// Puts what `query.own` said before that in front of the words of `dossiers`, which are
    /// ascending by number.
    [[nodiscard]] Result<void> add_earlier_words(
        const ComparisonQuery& query, std::span<ComparedDossier> dossiers
    );

    // Verifying, and how a source stands (verify.cpp, counts.cpp)

    /// Recomputes contents, intervals and rollups from the versions and compares.
    [[nodiscard]] Result<Verification> verify(const VerifyProgress& progress);
    [[nodiscard]] Result<SourceStatus> source_status(
        std::string_view source, std::chrono::hours freshness, Instant known_at
    );

    // Slots, editions, deliveries (ledger.cpp)

    [[nodiscard]] Result<bool> has_slot(std::string_view job, Instant scheduled_at);
    [[nodiscard]] Result<std::optional<Instant>> last_slot(std::string_view job);
    [[nodiscard]] Result<void> record_slot(const SlotRecord& slot);
    /// Adds an edition with its documents and one pending delivery per recipient, all or nothing.
    /// Adding the same edition again changes nothing: what was published is never overwritten.
    [[nodiscard]] Result<void> add_edition(const Edition& edition);
    [[nodiscard]] Result<std::optional<Edition>> find_edition(std::string_view id);
    [[nodiscard]] Result<std::vector<EditionSummary>> editions();
    /// Deliveries that are due at `now`: pending, deferred and come of age, or left attempting or
    /// unknown by a crash or a cut (digests are sent again, with the same bytes and Message-ID).
    [[nodiscard]] Result<std::vector<Delivery>> due_deliveries(Instant now);
    /// When the next delivery that waits for another attempt comes of age; nothing if none waits.
    [[nodiscard]] Result<std::optional<Instant>> next_delivery();
    [[nodiscard]] Result<void> record_attempt(const Delivery& delivery, Instant now);
    [[nodiscard]] Result<void> record_outcome(const Delivery& delivery, const DeliveryEnd& end);
    [[nodiscard]] Result<std::string> artefact(std::string_view sha256);
    [[nodiscard]] Result<std::vector<Delivery>> deliveries(std::string_view edition);

    // The audit chain (audit.cpp, audit_verify.cpp)

    /// Puts the configuration on file if it is not the one of the last time; called where a session
    /// that writes begins. If the witness had gone missing, that is recorded first.
    [[nodiscard]] Result<void> record_configuration(
        std::string_view hash, std::string_view summary, Instant now
    );
    /// True if the store was opened for writing with a chain but no witness file, until
    /// record_configuration() has recorded that.
    [[nodiscard]] bool is_witness_missing() const { return is_witness_missing_; }
    [[nodiscard]] Result<AuditHead> audit_head();
    /// At most `limit` entries with numbers above `after`, ascending.
    [[nodiscard]] Result<std::vector<AuditEntry>> audit_entries(
        std::int64_t after, std::int64_t limit
    );
    /// Walks the whole chain, compares it with the witness and with the rows that it tells of, and
    /// hashes every archived byte again. Reads in short transactions; a writer may go on.
    [[nodiscard]] Result<AuditReport> audit_verify(const ProgressSink& told = {});

    /// The prepared statement for `sql`, which lives as long as the program; prepared once. For
    /// this room only.
    [[nodiscard]] Result<Statement*> statement(std::string_view sql);

  private:
    friend class FaultyDatabase;  // tests/store/faulty_database.hpp
    friend class Identity;
    friend class Versions;
    friend class FirstSchema;
    friend class SecondSchema;
    friend class Previewer;
    friend class Restore;
    friend class BackupRun;

    Store(
        std::unique_ptr<Database> database, std::unique_ptr<VersionTables> tables, Location location
    )
        : database_(std::move(database)),
          tables_(std::move(tables)),
          location_(std::move(location)),
          witness_(location_.path) {}
    /// A new source gets the next number; those without dossiers one above `sources_max`.
    [[nodiscard]] Result<std::int64_t> source_id(std::string_view name, RecordKind records);
    [[nodiscard]] Result<std::optional<std::int64_t>> find_source_id(std::string_view name);
    /// The sources of which a dossier may have a stream.
    [[nodiscard]] Result<std::vector<std::int64_t>> source_ids();
    [[nodiscard]] Result<Published> publish_in_transaction(
        PullRun& run, const SliceToPublish& what
    );
    struct SliceStart {
        std::int64_t id = 0;
        Instant published_at;
    };
    struct SliceRow {
        const PullRun& run;
        std::int64_t source = 0;
        SliceStart start;
        const Slice& slice;
        const Published& published;
    };
    struct Resolved {
        std::int64_t source = 0;
        std::int64_t platform = 0;
        std::int64_t known_slice = 0;
    };
    [[nodiscard]] Result<std::optional<Resolved>> resolve(const TallyQuery& query);
    [[nodiscard]] Result<std::string> dossier_code(std::int64_t key);
    [[nodiscard]] Result<SliceStart> start_slice(Instant now);
    [[nodiscard]] Result<void> write_slice_row(const SliceRow& row);
    [[nodiscard]] Result<void> update_prints(
        std::int64_t source, const Slice& slice, const Versions& versions
    );
    [[nodiscard]] Result<void> write_pull_row(PullRun& run, std::int64_t source);
    [[nodiscard]] Result<void> check_not_shrunken(std::int64_t source, const SliceToPublish& what);
    [[nodiscard]] Result<void> add_artefact(std::string_view sha256, std::string_view bytes);

    /// Adds an entry to the chain, within the transaction that does what it tells.
    [[nodiscard]] Result<void> audit(Instant at, AuditNote note);
    /// `change` (may be empty) and its entry in a transaction of their own, witnessed.
    [[nodiscard]] Result<void> record(
        Instant at, AuditNote note, const std::function<Result<void>()>& change
    );
    /// Tells the witness how far the chain has come; after the commit.
    [[nodiscard]] Result<void> bear_witness(Witness::Sync sync);
    [[nodiscard]] Result<void> check_witness();
    /// The hash of an entry; empty if there is none.
    [[nodiscard]] Result<std::string> audit_hash_at(std::int64_t number);
    [[nodiscard]] Result<std::int64_t> epoch();
    [[nodiscard]] Result<void> set_meta(std::string_view key, std::string_view value);

    // Behind pointers, so that a Store can move while transactions and statements refer to them.
    std::unique_ptr<Database> database_;
    std::unique_ptr<VersionTables> tables_;
    Dictionary dictionary_;
    std::vector<std::pair<std::string_view, std::unique_ptr<Statement>>> statements_;
    Location location_;
    Witness witness_;
    AuditHead recorded_;  ///< the newest entry that this store wrote or saw; what is witnessed
    std::optional<std::int64_t> epoch_;  ///< once it was read
    bool is_witness_missing_ = false;
};

}  // namespace thidua::store
