// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The second walk over a sheet, which hands on its rows.
#pragma once

#include "connectors/tables/cell_value.hpp"
#include "connectors/tables/workbook.hpp"

#include <functional>

namespace thidua::connectors {

struct SheetSource {
    const Archive& archive;
    const Sheet& sheet;
    CellContext context;
    const TableLimits& limits;
};

/// Hands on the rows in the order of the file, with the cells of each in the order of the columns.
/// A row or a cell that does not say where it is comes right behind the one before it.
/// Errors: Data, naming the cell, if it is wrong (read_cell), stands in another row than it says,
/// is given twice, or a limit is passed; and what `sink` returns.
[[nodiscard]] Result<void> read_rows(
    const SheetSource& source, const std::function<Result<void>(const Row&)>& sink
);

}  // namespace thidua::connectors
