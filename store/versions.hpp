// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Opening and closing versions, inside the transaction that publishes a slice. Private to store/.
#pragma once

#include "store/store.hpp"

#include <cstdint>

namespace thidua::store {

/// Applies the records of one slice to the version tables; counts the versions it opens.
class Versions {
  public:
    Versions(Store& store, std::int64_t source, std::int64_t slice, Instant now)
        : store_(store), source_(source), slice_(slice), now_(now) {}

    /// Seen again unchanged costs two look-ups and writes nothing.
    [[nodiscard]] Result<void> add(const DossierRecord& record);

    /// A failure after a success is a refund. An unknown reference is no payment yet: no version.
    [[nodiscard]] Result<void> add(
        const PaymentRecord& record,
        const std::function<std::optional<Instant>(PaymentState, int, Instant)>& next_look_up
    );

    [[nodiscard]] Result<void> add(const StatisticRecord& record);

    [[nodiscard]] std::int64_t opened() const { return opened_; }

  private:
    struct Current {
        std::int64_t version = 0;
        Instant known_from;
        std::int64_t content = 0;
    };

    [[nodiscard]] Result<std::int64_t> resolve(const DossierRecord& record);
    [[nodiscard]] Result<std::int64_t> new_dossier();
    [[nodiscard]] Result<void> name(std::string_view code, std::int64_t dossier);
    [[nodiscard]] Result<std::optional<std::int64_t>> find_dossier(std::string_view code);
    [[nodiscard]] Result<void> merge(std::int64_t from, std::int64_t into);
    [[nodiscard]] Result<std::optional<Current>> current(std::int64_t dossier);
    [[nodiscard]] Result<void> insert_version(
        const DossierRecord& record, std::int64_t dossier, const Current& made
    );
    [[nodiscard]] Result<void> insert_payments(
        const DossierRecord& record, std::int64_t dossier, std::int64_t version
    );
    [[nodiscard]] Result<PaymentState> update_payment(const PaymentRecord& record);
    [[nodiscard]] Result<void> update_look_up(
        std::string_view reference,
        PaymentState state,
        const std::function<std::optional<Instant>(PaymentState, int, Instant)>& next_look_up
    );

    Store& store_;
    std::int64_t source_;
    std::int64_t slice_;
    Instant now_;
    std::int64_t opened_ = 0;
};

}  // namespace thidua::store
