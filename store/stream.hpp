// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// How a stream of versions goes on. Pure: what was known and what is said now, to what is closed,
// opened and counted differently. Private to store/.
#pragma once

#include "store/rollup.hpp"
#include "store/version_tables.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace thidua::store {

/// The references through Cổng DVCQG that a version names, ascending and distinct: those whose
/// payments somebody can be asked about. They live in the row's text.
[[nodiscard]] std::vector<std::string_view> platform_references(const DossierRow& row);

/// Takes `said`, what a slice says of one dossier in the order in which it says it, on top of
/// `current`; nothing if the dossier is new. Content that is already current changes nothing.
/// Everything else opens a version and closes the one before, which is never changed again.
///
/// Returns the number of versions opened. `facts` hold at least what is known of the references
/// that `current` and `said` name.
int advance(
    std::optional<DossierRow> current,
    std::span<DossierRow> said,
    std::span<const PaymentFact> facts,
    VersionBatch& batch,
    RollupChange& change
);

/// Ends the stream of `current` at `slice`: it is counted no longer.
void end_stream(
    const DossierRow& current,
    std::int64_t slice,
    std::span<const PaymentFact> facts,
    VersionBatch& batch,
    RollupChange& change
);

}  // namespace thidua::store
