// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A dossier's row on its way to PostgreSQL and back, in binary. Private to store/.
#pragma once

#include "store/dossier_row.hpp"
#include "store/postgres_values.hpp"

#include <cstdint>
#include <optional>
#include <string>

struct pg_result;

namespace thidua::store {

inline constexpr std::int16_t row_fields = 16;  ///< in row_columns

/// Begins a row with the agency; then the fields in the order of row_columns.
void add_row(CopyRows& rows, const DossierRow& row);

/// From an answer whose first columns are row_columns.
[[nodiscard]] DossierRow row_at(const pg_result* rows, int row);

// Values of an answer in binary.

[[nodiscard]] std::int64_t integer_at(const pg_result* rows, int row, int column);
[[nodiscard]] std::optional<Instant> instant_at(const pg_result* rows, int row, int column);
[[nodiscard]] std::string text_at(const pg_result* rows, int row, int column);

}  // namespace thidua::store
