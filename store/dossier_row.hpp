// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A version of a dossier as a row: codes are numbers of the dictionary, the key is packed, the
// payments that it names are one text. Private to store/.
#pragma once

#include "core/records.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::store {

/// What a source said of a dossier, from the slice that opened the version on.
struct DossierRow {
    std::int64_t id = 0;       ///< packed key of the stream (dossier_key.hpp)
    std::int64_t version = 0;  ///< 1, 2, ... within the stream
    std::int64_t slice = 0;    ///< opened by
    std::int64_t procedure = 0;
    std::int64_t unit = 0;
    Channel channel = Channel::Direct;
    int status = 0;
    std::optional<Instant> applied_at;
    std::optional<Instant> accepted_at;
    std::optional<Instant> due_at;
    std::optional<Instant> finished_at;
    std::int64_t fee_count = 0;
    std::int64_t fee_total = 0;
    int paid_flag = 0;
    std::string payments;      ///< pack_payments()
    std::int64_t content = 0;  ///< fingerprint of all that the source said

    friend bool operator==(const DossierRow&, const DossierRow&) = default;
};

/// What `record` says as a row; key, version and slice are yet to be told. `procedure` and `unit`
/// are the dictionary's.
[[nodiscard]] DossierRow row_of(
    const DossierRecord& record, std::int64_t procedure, std::int64_t unit
);

/// For each payment gateway, state, paid_at in milliseconds or nothing, length of the reference and
/// the reference, parted by spaces. No payments: an empty text.
[[nodiscard]] std::string pack_payments(const std::vector<NamedPayment>& payments);

/// A NamedPayment whose reference lives in the packed text.
struct PackedPayment {
    std::string_view reference;
    Gateway gateway = Gateway::None;
    PaymentState state = PaymentState::Unknown;
    std::optional<Instant> paid_at;
};

/// The inverse of pack_payments(); `text` must outlive what is made of it.
[[nodiscard]] std::vector<PackedPayment> unpack_payments(std::string_view text);

/// Tells two contents of one dossier apart; key, version and slice are no part of it.
[[nodiscard]] std::int64_t content_of(const DossierRow& row);

}  // namespace thidua::store
