// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Reads a workbook (.xlsx, ECMA-376 transitional or strict) as a table.
#pragma once

#include "connectors/tables/table.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace thidua::connectors {

struct XlsxOptions {
    std::optional<std::string> sheet{};  ///< hidden or not; without it the first that can be seen
    TableLimits limits{};
};

/// Hands the rows of one sheet of `bytes` to `sink`, by rising row numbers. Memory: the file, its
/// shared texts and one row; a sheet whose rows are out of order is sorted in memory first.
///
/// Stated rules: rows and columns that are hidden or filtered away are read like others, since a
/// filter hides nothing from a count; of merged cells only the first has a value; what a formula
/// comes to is what was stored. Numbers that were typed as text stay text.
/// Errors: Data, naming the sheet and the cell and never its value, for a file that is damaged,
/// encrypted, not a workbook, larger than the limits or built to do harm; and what `sink` returns.
/// Nothing is handed on before the whole sheet was found well-formed, but cells are looked at one
/// by one: an error may come after rows.
[[nodiscard]] Result<void> read_xlsx(
    std::string_view bytes, const XlsxOptions& options, const TableSink& sink
);

}  // namespace thidua::connectors
