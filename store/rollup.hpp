// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What one version of a dossier adds to the rollups, and the sums of many. Pure; the one place
// that says what is received, owing and paid, for publishing, verifying and explaining alike.
// Private to store/.
#pragma once

#include "store/dossier_row.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thidua::store {

/// What a payment source says of a reference at some moment.
struct PaymentFact {
    std::string reference;
    std::int64_t source = 0;
    PaymentState state = PaymentState::Unknown;
    std::optional<Instant> settled_at;
    std::int64_t version = 0;  ///< which word of the source it is; 0 where that was not read
    std::int64_t slice = 0;    ///< that brought it; the same

    friend bool operator==(const PaymentFact&, const PaymentFact&) = default;
};

/// What was received on a day: a key of the rollups.
struct DayKey {
    std::int64_t day = 0;  ///< of acceptance, days since 1970 in Viet Nam
    std::int64_t source = 0;
    std::int64_t unit = 0;
    std::int64_t procedure = 0;
    friend auto operator<=>(const DayKey&, const DayKey&) = default;
};

struct DayCounts {
    std::int64_t received = 0;
    std::int64_t online = 0;
    std::int64_t owing = 0;
    friend bool operator==(const DayCounts&, const DayCounts&) = default;
};

/// By which road a dossier counts as paid. Paid through Dvcqg or Province = Dvcqg + Province -
/// Both, so that every choice of gateways is a sum.
enum class PaidBy {
    Dvcqg = 1,      ///< the payment source says so; settled on the day of the first success
    Province = 2,   ///< the record itself says so
    Both = 3,       ///< both of the above; settled on the later day
    FlagDvcqg = 4,  ///< paid_flag is 1; no day is known, so it is 0
    FlagProvince = 5,
};

/// Owing dossiers received on a day that were paid on `settled_day`: the other key of the rollups.
struct PaidKey {
    DayKey received;
    PaidBy way = PaidBy::Dvcqg;
    std::int64_t payment_source = 0;  ///< 0 where the record itself is the evidence
    std::int64_t settled_day = 0;
    friend auto operator<=>(const PaidKey&, const PaidKey&) = default;
};

/// Changes to the rollups. As collected, keys may occur several times; settle() brings them in
/// order.
struct RollupChange {
    std::vector<std::pair<DayKey, DayCounts>> days;
    std::vector<std::pair<PaidKey, std::int64_t>> paid;
    friend bool operator==(const RollupChange&, const RollupChange&) = default;
};

/// Sorts by key, adds up what has the same key and drops what comes to nothing.
void settle(RollupChange& change);

/// When the province's own record says that a payment it names was paid through its gateway;
/// nothing if it does not say so.
[[nodiscard]] std::optional<Instant> paid_in_province(const PackedPayment& payment);

/// When a payment source says that a payment named as going through Cổng DVCQG, `fact`'s reference,
/// succeeded; nothing if it does not say so, or it was taken back.
[[nodiscard]] std::optional<Instant> paid_by_platform(
    const PackedPayment& payment, const PaymentFact& fact
);

/// What a version adds.
struct Contribution {
    DayKey key;
    DayCounts counts;
    std::vector<PaidKey> paid;  ///< one dossier each
    friend bool operator==(const Contribution&, const Contribution&) = default;
};

/// Nothing if the version is not received: no acceptance time, or status 1 or 3.
/// `facts`, ascending by reference, hold the payment sources' words on those that the version
/// names.
[[nodiscard]] std::optional<Contribution> contribution(
    const DossierRow& row, std::span<const PaymentFact> facts
);

/// Adds `what` to `change`, `times` being 1 or -1.
void add(RollupChange& change, const std::optional<Contribution>& what, std::int64_t times);

}  // namespace thidua::store
