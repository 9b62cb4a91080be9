// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// What is visible of the world at an instant: a record as the provincial system would answer it,
// and a reference as the platform would.

#pragma once

#include "world.hpp"

#include <cstdint>
#include <optional>

namespace thidua::sandbox {

struct Facts {
    bool accepted = false;
    std::uint8_t status = status::received;
    UnitIndex unit = root_unit;
    NationCode nation = NationCode::Own;
    std::uint8_t zeroed_fees = 0;
    PaymentState payment = PaymentState::None;
    PaymentMethod method = PaymentMethod::None;
    std::uint8_t references = 0;
    std::optional<Instant> completed;
    Instant updated;
};

/// The record at `at`; nothing while it is not visible. What becomes visible at `at` counts.
std::optional<Facts> facts_at(const Dossier& dossier, Instant at);

/// The state the platform gives at `at`; nothing while it does not know the reference.
std::optional<PlatformState> platform_state_at(const Reference& reference, Instant at);

/// The amount of fee `index` as the record says it.
std::int64_t fee_amount(const Dossier& dossier, const Facts& facts, std::size_t index);
/// The fees are named and every one of them is 0. An empty list is not free.
bool is_free_of_charge(const Dossier& dossier, const Facts& facts);
/// Accepted, and neither newly registered (1) nor refused (3).
bool is_received(const Facts& facts);

}  // namespace thidua::sandbox
