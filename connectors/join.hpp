// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Rows of a second request that belong to the dossiers of a slice: their fees.
#pragma once

#include "connectors/connector.hpp"
#include "connectors/decode.hpp"
#include "connectors/json.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

#include <vector>

namespace thidua::connectors {

struct Desk;

/// A Join made ready.
struct JoinReader {
    Join join;
    Pointer row_key;
    Pointer records;
    Field amount;

    /// Errors: Config.
    [[nodiscard]] static Result<JoinReader> make(const Join& join);
};

/// Asks for the rows of all `dossiers`, `batch` ids at a time, and adds each row to its dossier's
/// fees. A dossier with an unreadable row is taken out and rejected: its fees would be wrong.
///
/// Errors: the fetcher's; Contract if the rows are no array or name a dossier that was not asked
/// for.
[[nodiscard]] Result<void> join_rows(
    Desk& desk,
    const JoinReader& reader,
    std::vector<DecodedDossier>& dossiers,
    std::vector<Rejected>& rejected
);

}  // namespace thidua::connectors
