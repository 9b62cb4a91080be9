// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Seals: the audit chain's newest entry, printed at the foot of each digest and kept in its
// manifest. Whoever has a digest can prove with it that nothing before was altered.
#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::store {
class Store;
struct AuditReport;
}  // namespace thidua::store

namespace thidua::daemon {

/// A seal as a reader has it.
struct PrintedSeal {
    std::int64_t number = 0;
    std::string letters;  ///< the first of the entry's hash, 8 to 64, lower case

    friend bool operator==(const PrintedSeal&, const PrintedSeal&) = default;
};

/// Reads "1234:a1b2c3d4e5f6" and, as a digest prints it, "1.234, a1b2c3d4e5f6…". Errors: Usage.
[[nodiscard]] Result<PrintedSeal> parse_seal(std::string_view text);

/// What the seals say of a chain that was walked.
struct SealsChecked {
    std::int64_t editions = 0;  ///< whose manifests have a seal
};

/// Compares the seal of every edition on file, and the one that was told, with the chain, and adds
/// what does not fit to the faults of `report`. Errors: Io.
[[nodiscard]] Result<SealsChecked> check_seals(
    store::Store& store, const std::optional<PrintedSeal>& told, store::AuditReport& report
);

}  // namespace thidua::daemon
