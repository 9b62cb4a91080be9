// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The columns of a dossier's version, in the one order in which all SQL of this room names, binds
// and reads them. Private to store/.
#pragma once

#include "store/database.hpp"
#include "store/dossier_row.hpp"

#include <string_view>

namespace thidua::store {

inline constexpr std::string_view row_columns =
    "id, version, slice, procedure, unit, channel, status, applied_at, accepted_at, due_at,"
    " finished_at, fee_count, fee_total, paid_flag, payments, content";

/// How many they are: the number of the column after them.
inline constexpr int row_column_count = 16;

/// Runs `statement` with the row's columns and what comes after them.
template <class... More>
[[nodiscard]] Result<void> run_with_row(
    Statement& statement, const DossierRow& row, const More&... more
) {
    return statement.run(
        row.id,
        row.version,
        row.slice,
        row.procedure,
        row.unit,
        static_cast<int>(row.channel),
        row.status,
        row.applied_at,
        row.accepted_at,
        row.due_at,
        row.finished_at,
        row.fee_count,
        row.fee_total,
        row.paid_flag,
        row.payments,
        row.content,
        more...
    );
}

/// The row at which `statement` stands; its first columns are row_columns.
[[nodiscard]] DossierRow read_row(const Statement& statement);

}  // namespace thidua::store
