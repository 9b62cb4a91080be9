// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What two sources said of the same dossier, side by side: the shape that passes from the store to
// the rules that reconcile them.
#pragma once

#include "core/records.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace thidua {

/// What a source said of a dossier from a slice on, as far as figures depend on it.
struct DossierWord {
    std::int64_t slice = 0;               ///< that brought it
    std::optional<std::int64_t> until{};  ///< the slice from which on it was not known any more
    std::optional<Instant> applied_at{};
    std::optional<Instant> accepted_at{};  ///< nothing: not received
    int status = 0;                        ///< 1 to 10, TrangThaiHoSo
    Channel channel = Channel::Direct;
    std::string unit_code{};       ///< canonical; empty: it names none
    std::string procedure_code{};  ///< canonical; empty: it names none
    std::int64_t fee_count = 0;
    std::int64_t fee_total = 0;  ///< whole đồng
    int paid_flag = 0;           ///< DuocThanhToanTrucTuyen
    std::vector<NamedPayment> payments{};

    friend bool operator==(const DossierWord&, const DossierWord&) = default;
};

/// What the payment source said of a reference from a slice on.
struct PaymentWord {
    std::string reference;
    std::int64_t slice = 0;
    PaymentState state = PaymentState::Unknown;

    friend bool operator==(const PaymentWord&, const PaymentWord&) = default;
};

/// A dossier in both streams; each list is in the order in which it was said.
struct ComparedDossier {
    std::int64_t number = 0;  ///< the store's own; the same for both
    std::string code{};       ///< canonical
    std::vector<DossierWord> own{};
    std::vector<DossierWord> witness{};
    std::vector<PaymentWord> payments{};  ///< on the references that `own` names, by reference

    friend bool operator==(const ComparedDossier&, const ComparedDossier&) = default;
};

/// Which dossiers to set side by side, and as far as what was recorded.
struct ComparisonQuery {
    std::string own;             ///< a source of dossiers
    std::string witness;         ///< another one; empty: none, as where payments alone are compared
    std::string payment_record;  ///< source of payment states; empty: none
    Day from;                    ///< first acceptance day, by the word of either
    Day to;                      ///< last acceptance day
    std::int64_t settled_slice = 0;  ///< words that were known no longer by then are left out
    std::int64_t known_slice = 0;    ///< words that were not known yet by then are left out
};

}  // namespace thidua
