// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a source said, once parsed: no citizen's personal datum has a place in these types.
#pragma once

#include "core/organisation.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace thidua {

/// How a dossier was handed in. An empty or missing channel is `Direct`.
enum class Channel { Direct, Online, Postal };

/// Through what a payment went. Only `Dvcqg` is "trên Cổng Dịch vụ công quốc gia".
enum class Gateway { None, Dvcqg, Province, Cash, Transfer };

enum class PaymentState {
    Unknown,  ///< the source does not know the reference, or answered with an error of its own
    Pending,  ///< asked for, or the bank has not said yet
    Succeeded,
    Failed,
    Refunded,  ///< succeeded once, then taken back or cancelled
};

/// A payment that a dossier's record names.
struct NamedPayment {
    std::string reference;  ///< MaThamChieu; empty where the record names none (cash)
    Gateway gateway = Gateway::None;
    PaymentState state = PaymentState::Unknown;
    std::optional<Instant> paid_at;

    friend bool operator==(const NamedPayment&, const NamedPayment&) = default;
};

/// One case of a procedure (hồ sơ) as a source shows it.
struct DossierRecord {
    std::string code;                  ///< canonical
    std::vector<std::string> aliases;  ///< other canonical codes of the same dossier
    std::string procedure_code;        ///< canonical
    std::string unit_code;             ///< canonical, perhaps one that only an alias maps
    Channel channel = Channel::Direct;
    int status = 0;  ///< 1 to 10, TrangThaiHoSo
    std::optional<Instant> applied_at;
    std::optional<Instant> accepted_at;  ///< without it the dossier is not received
    std::optional<Instant> due_at;
    std::optional<Instant> finished_at;
    std::optional<Instant> updated_at;  ///< the source's own; not part of the content
    std::int64_t fee_count = 0;         ///< 0: an empty fee list, which is not the same as free
    std::int64_t fee_total = 0;         ///< whole đồng
    int paid_flag = 0;  ///< DuocThanhToanTrucTuyen: 1 by Cổng DVCQG, 2 by the province, else 0
    std::vector<NamedPayment> payments;

    friend bool operator==(const DossierRecord&, const DossierRecord&) = default;
};

/// Whether a dossier of this status and acceptance time is received: it was accepted, and is
/// neither 1 (mới đăng ký) nor 3 (không được tiếp nhận).
[[nodiscard]] constexpr bool is_received(int status, const std::optional<Instant>& accepted_at) {
    constexpr int newly_registered = 1;
    constexpr int not_accepted = 3;
    return accepted_at.has_value() && status != newly_registered && status != not_accepted;
}

/// Whether every fee is 0. An empty list is not the same: it owes, and the data-quality note counts
/// it.
[[nodiscard]] constexpr bool is_free(std::int64_t fee_count, std::int64_t fee_total) {
    return fee_count > 0 && fee_total == 0;
}

/// What a payment source says about one reference.
struct PaymentRecord {
    std::string reference;
    PaymentState state = PaymentState::Unknown;
    std::optional<Instant> settled_at;   ///< when it reached `state`, by the source's clock
    std::optional<std::int64_t> amount;  ///< whole đồng

    friend bool operator==(const PaymentRecord&, const PaymentRecord&) = default;
};

/// A count that a source itself publishes.
struct StatisticRecord {
    std::string unit_code;  ///< canonical
    std::string period;     ///< "2024-10"
    std::string metric;     ///< the source's own name, such as totalDossierFinancialObligation
    std::int64_t value = 0;

    friend bool operator==(const StatisticRecord&, const StatisticRecord&) = default;
};

/// What a catalogue says of a procedure today. What it does not say is absent, which is not the
/// same as no.
struct ProcedureRecord {
    std::string code;  ///< canonical
    std::string name;  ///< NFC; may be empty
    std::optional<Level> level;
    std::optional<bool> fee_bearing;
    std::vector<std::string> unit_codes;  ///< canonical, ascending; none: it does not say

    friend bool operator==(const ProcedureRecord&, const ProcedureRecord&) = default;
};

}  // namespace thidua
