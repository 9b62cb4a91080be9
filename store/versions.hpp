// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Applies the records of one slice to the version tables and the rollups, inside the transaction
// that publishes it. Private to store/.
#pragma once

#include "store/identity.hpp"
#include "store/store.hpp"
#include "store/stream.hpp"
#include "store/version_tables.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::store {

/// When a reference is asked again (connectors/plan.hpp).
using NextLookUp = std::function<std::optional<Instant>(PaymentState, int attempts, Instant asked)>;

/// What a reference's state comes to: one that failed after it had succeeded was taken back.
[[nodiscard]] PaymentState settled_state(PaymentState before, PaymentState now);

class Versions {
  public:
    /// As many records are worked on at once: enough for one set-based step on PostgreSQL, little
    /// enough to stay small.
    static constexpr std::size_t batch_size = 5000;

    Versions(Store& store, std::int64_t source, std::int64_t slice, Instant now);

    /// Seen again unchanged costs a look and writes nothing.
    [[nodiscard]] Result<void> add(std::span<const DossierRecord> records);

    /// A failure after a success is a refund. An unknown reference is no payment yet: no version.
    [[nodiscard]] Result<void> add(const PaymentRecord& record, const NextLookUp& next_look_up);
    /// Puts on file that a dossier was asked for, and when it is to be asked for again: one that is
    /// known like a payment that succeeded.
    [[nodiscard]] Result<void> note_asked(const Asked& asked, const NextLookUp& next_look_up);

    [[nodiscard]] Result<void> add(const StatisticRecord& record);

    /// Seen again unchanged writes nothing. Of a whole catalogue, those that are not in it any more
    /// are put on file as such.
    [[nodiscard]] Result<void> add(std::span<const ProcedureRecord> records, bool is_whole);

    /// Before any is added: dossiers of which slices under other keys than `key` have said
    /// something since the slice `gathered_by` stay as they are.
    [[nodiscard]] Result<void> leave_later_than(std::int64_t gathered_by, std::string_view key);

    /// Brings the rollups up to date; once, when all records are added.
    [[nodiscard]] Result<void> finish();

    /// Versions opened.
    [[nodiscard]] std::int64_t opened() const { return opened_; }

    /// Slices whose versions were met, and those of which some were closed.
    [[nodiscard]] const std::set<std::int64_t>& met() const { return met_; }
    [[nodiscard]] const std::set<std::int64_t>& changed() const { return changed_; }

  private:
    [[nodiscard]] Result<std::vector<DossierRow>> make_rows(
        std::span<const DossierRecord> records, std::span<const std::int64_t> numbers
    );
    [[nodiscard]] Result<void> apply(std::vector<DossierRow> rows, std::vector<Alias> aliases);
    [[nodiscard]] Result<std::vector<DossierRow>> read_changed(
        std::span<const DossierRow> rows, std::vector<bool>& is_news
    );
    [[nodiscard]] Result<std::vector<PaymentFact>> facts_for(
        std::span<const DossierRow> one, std::span<const DossierRow> other
    );
    [[nodiscard]] Result<void> merge(const Merge& merge);
    [[nodiscard]] Result<PaymentState> update_payment(const PaymentRecord& record);
    [[nodiscard]] Result<void> recount(std::string_view reference, std::int64_t times);
    [[nodiscard]] Result<void> update_look_up(
        std::string_view reference, PaymentState state, const NextLookUp& next_look_up
    );

    Store& store_;
    VersionTables& tables_;
    Identity identity_;
    std::int64_t source_;
    std::int64_t slice_;
    Instant now_;
    RollupChange change_;
    std::int64_t opened_ = 0;
    std::set<std::int64_t> left_;
    std::set<std::int64_t> met_;
    std::set<std::int64_t> changed_;
};

}  // namespace thidua::store
