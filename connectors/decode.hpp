// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Records of an answer -> core values. Only what the mapping names is ever looked at, so nothing
// else, above all no citizen's personal datum, can leave the parser.
#pragma once

#include "connectors/connector.hpp"
#include "connectors/fields.hpp"
#include "connectors/json.hpp"
#include "connectors/named_payment.hpp"
#include "connectors/record.hpp"
#include "core/records.hpp"
#include "core/source.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::connectors {

/// A dossier, and the source's own id of it, by which other requests name it.
struct DecodedDossier {
    DossierRecord record;
    std::string id;
};

class DossierReader {
  public:
    /// Errors: Config.
    [[nodiscard]] static Result<DossierReader> make(const SourceDescription& description);

    /// Reads a dossier into `dossier`, a fresh one. False if its filter field is absent or outside
    /// of `window`; then, as after an error, a part of it may have been read.
    ///
    /// Units: codes canonical, text NFC, money whole đồng.
    /// Errors: Data if the record is wrong by itself; names the place, never a value.
    [[nodiscard]] Result<bool> read(
        const Record& record, const Window& window, DecodedDossier& dossier
    ) const;

    /// Where records of this reader have what it looks for.
    [[nodiscard]] const PlaceTree& places() const { return places_; }
    [[nodiscard]] const Field& code() const { return code_; }

  private:
    void arrange();  // the fields' places in the tree
    [[nodiscard]] Result<void> read_codes(const Record& record, DecodedDossier& dossier) const;
    [[nodiscard]] Result<void> read_state(const Record& record, DossierRecord& dossier) const;
    [[nodiscard]] Result<void> read_times(const Record& record, DossierRecord& dossier) const;
    [[nodiscard]] Result<void> read_payments(const Record& record, DossierRecord& dossier) const;
    [[nodiscard]] Result<void> read_fees(const Record& record, DossierRecord& dossier) const;

    PlaceTree places_;
    Field code_, aliases_, id_, procedure_code_, unit_code_;
    Field channel_, status_, paid_flag_;
    struct Time {
        Field field;
        std::optional<Instant> DossierRecord::*into = nullptr;
    };
    std::array<Time, 5> times_;
    Field filter_;  // a copy of the one that decides what is in the window; never there: all is
    bool is_filtered_ = false;
    std::size_t filter_time_ = times_.size();  // which of the times it is a copy of
    bool needs_id_ = false;
    std::optional<Pointer> payments_;
    NamedPaymentReader named_payments_;
    std::optional<Pointer> fees_;
    Field amount_;
};

class PaymentReader {
  public:
    [[nodiscard]] static Result<PaymentReader> make(const SourceDescription& description);

    /// Errors: Data, as above.
    [[nodiscard]] Result<PaymentRecord> read(Element answer) const;

  private:
    Field reference_, state_, settled_at_, amount_;
};

/// Records with one code brought to one: of equal ones one stays, of different ones that with the
/// later `updated_at`, or the later in order where neither tells. The one that stays has the
/// aliases of all.
[[nodiscard]] std::vector<DecodedDossier> without_repeats(std::vector<DecodedDossier> dossiers);

/// Adds those that the dossier has not. True if there were any.
bool add_aliases(const std::vector<std::string>& aliases, DossierRecord& dossier);

/// More rejected records than chance would explain: a change of the source, not a bad record.
/// Errors: Contract, naming the first.
[[nodiscard]] Result<void> check_rejected(
    const std::vector<Rejected>& rejected, std::size_t records
);

}  // namespace thidua::connectors
