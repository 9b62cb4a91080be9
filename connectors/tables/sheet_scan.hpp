// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A first walk over a sheet: merges stand behind the rows in the file, and a sheet that breaks off,
// is damaged or too large is refused before anybody has seen a row of it.
#pragma once

#include "connectors/tables/workbook.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace thidua::connectors {

struct SheetScan {
    TableFacts facts;
    std::uint64_t cells = 0;
    bool is_in_order = true;  ///< rows rise; if not, they have to be sorted
};

/// Errors: Data if the sheet is damaged or has more cells or rows than `limits` allow.
[[nodiscard]] Result<SheetScan> scan_sheet(
    const Archive& archive, const Sheet& sheet, const TableLimits& limits
);

struct CellReference {
    std::int64_t row = 0;    ///< from 1, as written
    std::size_t column = 0;  ///< from 0
};

/// Reads C7. Nothing for anything else, and beyond what 32 bits can count.
[[nodiscard]] std::optional<CellReference> parse_reference(std::string_view text);

}  // namespace thidua::connectors
