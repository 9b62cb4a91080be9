// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Rows of a second request that belong to the dossiers of a slice: their fees, their payments.
#pragma once

#include "connectors/connector.hpp"
#include "connectors/decode.hpp"
#include "connectors/json.hpp"
#include "connectors/named_payment.hpp"
#include "core/result.hpp"
#include "core/source.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace thidua::connectors {

struct Desk;

/// A Join made ready.
struct JoinReader {
    Join join;
    Pointer row_key;
    Pointer records;
    Field amount;
    NamedPaymentReader payments;

    /// Errors: Config.
    [[nodiscard]] static Result<JoinReader> make(const Join& join);
};

/// What the rows of a join say about a dossier, as far as they have come.
struct Joined {
    std::int64_t fee_count = 0;
    std::int64_t fee_total = 0;
    std::vector<NamedPayment> payments;
    std::optional<Rejected> trouble;
};
using JoinedById = std::unordered_map<std::string, Joined>;

/// Adds a row. `only` names the dossier where the row itself does not.
/// Errors: Contract if it names a dossier that is not in `joined`.
[[nodiscard]] Result<void> add_row(
    const JoinReader& reader,
    Element row,
    const std::string& place,
    const std::string& only,
    JoinedById& joined
);

/// Gives the dossiers what was joined, and takes out those with an unreadable row: their fees would
/// be wrong.
void apply(
    const JoinReader& reader,
    const JoinedById& joined,
    std::vector<DecodedDossier>& dossiers,
    std::vector<Rejected>& rejected
);

/// Asks for the rows of all `dossiers`, `batch` ids at a time. `number` is the join's.
///
/// Errors: the fetcher's; Contract if the rows are no array or name a dossier that was not asked
/// for.
[[nodiscard]] Result<void> join_rows(
    Desk& desk,
    std::size_t number,
    std::vector<DecodedDossier>& dossiers,
    std::vector<Rejected>& rejected
);

}  // namespace thidua::connectors
