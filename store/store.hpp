// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What was learnt and what was published, kept for good: versions on two time axes, pulls and
// slices, slots, editions and the delivery ledger.
#pragma once

#include "core/alert.hpp"
#include "core/comparison.hpp"
#include "core/decision.hpp"
#include "core/evidence.hpp"
#include "core/nomination.hpp"
#include "core/procedure_review.hpp"
#include "core/records.hpp"
#include "core/result.hpp"
#include "core/slice.hpp"
#include "core/source.hpp"
#include "core/tally.hpp"
#include "core/time.hpp"
#include "core/urging.hpp"
#include "store/audit.hpp"
#include "store/database.hpp"
#include "store/dictionary.hpp"
#include "store/intake.hpp"
#include "store/ledger.hpp"
#include "store/progress_sink.hpp"
#include "store/pulls.hpp"
#include "store/verify.hpp"
#include "store/version_tables.hpp"
#include "store/witness.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::store {

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
    [[nodiscard]] Result<void> drop_quarantined(std::int64_t id, const Ruling& ruling);
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

    /// Codes of the dossiers of `source` to ask `look_up_source` about at `now`, ascending: those
    /// due or all; and the other numbers of each that it was asked about in vain.
    [[nodiscard]] Result<std::vector<std::string>> open_dossiers(
        std::string_view source, std::string_view look_up_source, Instant now, LookUpScope scope
    );

    // What people record (decisions.cpp, evidence.cpp, procedure_reviews.cpp, receipts.cpp)

    /// Puts a body's word on file, in place of an earlier one on the same question about the same
    /// candidate, which stays on file. False: it is in force already, and nothing was written.
    [[nodiscard]] Result<bool> decide(const Decision& decision);
    /// What had been decided by `known_at`, oldest first: of several on one question the last
    /// counts.
    [[nodiscard]] Result<std::vector<Decision>> decisions(Instant known_at);

    /// Files all of it, or nothing. What is on file already, whoever filed it, is not filed again.
    [[nodiscard]] Result<std::vector<FiledEvidence>> file_evidence(
        std::span<const Evidence> evidence
    );
    /// What had been filed by `known_at`, by number, with what had been decided about it by then.
    [[nodiscard]] Result<std::vector<Evidence>> evidence(Instant known_at);
    /// Accepts or rejects it, as the last word. False: that is the last word already.
    /// Errors: Usage if there is none.
    [[nodiscard]] Result<bool> rule_on_evidence(
        std::int64_t id, EvidenceState state, const Ruling& ruling
    );
    /// Puts all of it on file, or nothing, and gives how many were no last words yet.
    [[nodiscard]] Result<std::int64_t> review_procedures(std::span<const ProcedureReview> reviews);
    /// What had been recorded by `known_at`, oldest first.
    [[nodiscard]] Result<std::vector<ProcedureReview>> procedure_reviews(Instant known_at);
    [[nodiscard]] Result<void> receive(const Receipt& receipt);
    /// What had been recorded by `known_at`, oldest first.
    [[nodiscard]] Result<std::vector<Receipt>> receipts(Instant known_at);

    // Reminders and the urging ledger (alerts.cpp, silences.cpp, urging.cpp)

    /// Puts a day on file with all that came of it, or nothing. False: that day or a later one is
    /// on file already, and nothing was written.
    [[nodiscard]] Result<bool> record_alerts(const AlertDay& day);
    /// What had been recorded by `known_at`.
    [[nodiscard]] Result<AlertRecords> alerts(Instant known_at);
    /// Ids of editions that steps name and that are not published yet.
    [[nodiscard]] Result<std::vector<std::string>> untold_editions();
    /// Gives its number; that of `silence` does not matter.
    [[nodiscard]] Result<std::int64_t> add_silence(Silence silence);
    /// Errors: Usage if there is none, or it was ended already.
    [[nodiscard]] Result<void> end_silence(std::int64_t id, const Silence::End& end);
    /// What had been recorded by `known_at`, by number, with those ends that were known then.
    [[nodiscard]] Result<std::vector<Silence>> silences(Instant known_at);

    /// Puts all of it on file, or nothing, and gives how many were news; their numbers do not
    /// matter.
    [[nodiscard]] Result<std::int64_t> record_urgings(std::span<const Urging> urgings);
    /// What had been recorded by `known_at`, by number.
    [[nodiscard]] Result<std::vector<Urging>> urgings(Instant known_at);

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

    // Counting (counts.cpp, tally_changes.cpp, counted_payments.cpp)

    /// From the rollups if nothing was recorded after `query.known_at`, else from the versions. One
    /// tally each of piece, unit code and procedure code, in no particular order.
    [[nodiscard]] Result<std::vector<Tally>> tally(const TallyQuery& query);
    /// What tally() gave as known at `then`, no later than `query.known_at`, and each dossier that
    /// is counted otherwise since, from the versions. One that was given up for another has changed
    /// into that one.
    [[nodiscard]] Result<TalliesSince> tallies_since(const TallyQuery& query, Instant then);
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

    // Slots (slots.cpp)

    /// Takes the next term: what earlier writers left running is theirs no more. Once, where a
    /// session that writes begins. On PostgreSQL this store writes nothing any more once another
    /// has taken a later one.
    [[nodiscard]] Result<std::int64_t> raise_term();
    [[nodiscard]] bool is_overtaken() const { return database_->is_overtaken(); }
    [[nodiscard]] bool is_lease_fresh() const { return database_->is_lease_fresh(); }
    [[nodiscard]] Result<std::optional<Slot>> find_slot(const SlotKey& key);
    /// The latest on file that was scheduled at or before `now`; nothing if there is none. Those
    /// that were skipped by a clock that was ahead then are not on file.
    [[nodiscard]] Result<std::optional<Instant>> last_slot(std::string_view job, Instant now);
    /// All that have not ended, by job and instant.
    [[nodiscard]] Result<std::vector<Slot>> open_slots();
    /// At most `limit`, the latest first; `job` empty: of all jobs.
    [[nodiscard]] Result<std::vector<Slot>> slots(std::string_view job, std::int64_t limit);
    /// The newest of each job, by job.
    [[nodiscard]] Result<std::vector<Slot>> newest_slots();
    /// Takes the slot to work on it: one that is new or waiting, or that was left running. There is
    /// one writer, who knows what it has in hand itself. False: it has ended, or is being
    /// delivered.
    [[nodiscard]] Result<bool> begin_slot(const SlotKey& key, Instant now);
    /// To a state that is no end; one that has ended is open again. The same again writes nothing.
    [[nodiscard]] Result<void> move_slot(
        const SlotKey& key, SlotState state, std::string_view reason, Instant now
    );
    /// Ends it, once: a second end changes nothing.
    [[nodiscard]] Result<void> end_slot(
        const SlotKey& key, SlotState state, std::string_view reason, Instant now
    );
    /// Ends occurrences that nobody worked on, all or none; those on file stay as they are.
    [[nodiscard]] Result<void> skip_slots(
        std::string_view job, const SkippedSlots& skipped, Instant now
    );
    /// An edition that somebody asked for is what the slot would have made.
    [[nodiscard]] Result<void> link_edition(std::string_view edition, const SlotKey& key);
    [[nodiscard]] Result<SlotDeliveries> slot_deliveries(const SlotKey& key);

    // Editions, deliveries (ledger.cpp)

    /// Adds an edition with its documents and one pending delivery per recipient, all or nothing.
    /// Adding the same edition again changes nothing: what was published is never overwritten.
    [[nodiscard]] Result<void> add_edition(const Edition& edition);
    [[nodiscard]] Result<std::optional<Edition>> find_edition(std::string_view id);
    /// The bytes of the first document of the edition whose name ends in `ending`; nothing if there
    /// is no such edition or document.
    [[nodiscard]] Result<std::optional<std::string>> edition_document(
        std::string_view edition, std::string_view ending
    );
    [[nodiscard]] Result<std::vector<EditionSummary>> editions();
    /// Deliveries that are due at `now`: pending, deferred and come of age, or left attempting or
    /// unknown by a crash or a cut (digests are sent again, with the same bytes and Message-ID).
    [[nodiscard]] Result<std::vector<Delivery>> due_deliveries(Instant now);
    /// When the next delivery that waits for another attempt comes of age; nothing if none waits.
    [[nodiscard]] Result<std::optional<Instant>> next_delivery();
    [[nodiscard]] Result<void> record_attempt(const Delivery& delivery, Instant now);
    [[nodiscard]] Result<void> record_outcome(const Delivery& delivery, const DeliveryEnd& end);
    [[nodiscard]] Result<void> decide_delivery(
        const Delivery& delivery, DeliveryDecision decision, std::string_view by, Instant now
    );
    /// All that were not sent, whether or not they will be tried again.
    [[nodiscard]] Result<std::vector<Delivery>> undelivered();
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
    /// The latest time of all entries; nothing while there is none. A clock that was set back gives
    /// later entries earlier times.
    [[nodiscard]] Result<std::optional<Instant>> last_recorded();
    /// At most `limit` entries with numbers above `after`, ascending.
    [[nodiscard]] Result<std::vector<AuditEntry>> audit_entries(
        std::int64_t after, std::int64_t limit
    );
    /// Walks the whole chain, compares it with the witness and with the rows that it tells of, and
    /// hashes every archived byte again. Reads in short transactions; a writer may go on.
    [[nodiscard]] Result<AuditReport> audit_verify(const ProgressSink& told = {});

    // For this room only
    /// `change` (may be empty) and its entry in a transaction of their own, witnessed.
    [[nodiscard]] Result<void> record(
        Instant at, AuditNote note, const std::function<Result<void>()>& change
    );
    /// The prepared statement for `sql`, which lives as long as the program; prepared once.
    [[nodiscard]] Result<Statement*> statement(std::string_view sql);

  private:
    friend class AddedTables;
    friend class FaultyDatabase;  // tests/store/faulty_database.hpp
    friend class Identity;
    friend class Versions;
    friend class FirstSchema;
    friend class Previewer;
    friend class Purge;
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
    /// `work`, which adds entries to the chain, in a transaction of its own, witnessed.
    [[nodiscard]] Result<void> in_transaction(const std::function<Result<void>()>& work);
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
    std::int64_t term_ = 0;              ///< 0: none was taken
    bool is_witness_missing_ = false;
};

}  // namespace thidua::store
