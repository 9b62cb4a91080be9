// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The rows that the audit chain tells of, as entries would tell of them now. Private to store/.
#pragma once

#include "core/result.hpp"
#include "store/audit.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::store {

class Store;

/// Nothing if there is no such row.
[[nodiscard]] Result<std::optional<AuditNote>> slice_note(Store& store, std::int64_t id);
[[nodiscard]] Result<std::optional<AuditNote>> pull_note(Store& store, std::int64_t id);
[[nodiscard]] Result<std::optional<AuditNote>> edition_note(Store& store, std::string_view id);

/// Every delivery, however far it has come.
[[nodiscard]] Result<std::vector<DeliveryAccount>> delivery_accounts(Store& store);
/// The same by the words of an older schema; `select` gives edition, recipient, state, attempts,
/// reply code and SHA-256 of what its one parameter, the agency, has.
[[nodiscard]] Result<std::vector<DeliveryAccount>> delivery_accounts(
    Store& store, std::string_view select
);

/// Every decision that a person made and that is in force, about records that could not be read and
/// about codes of units; and every entry that a person put on file.
[[nodiscard]] Result<std::vector<AuditNote>> decision_notes(Store& store);

/// Whether decision_notes() has notes of this kind.
[[nodiscard]] bool is_of_decision(std::string_view kind);

/// Every archived document and message: "edition: file or recipient", and its SHA-256.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> archived(Store& store);

}  // namespace thidua::store
