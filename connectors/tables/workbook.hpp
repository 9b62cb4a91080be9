// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a workbook says of itself: its sheets, its epoch, and where the other parts are.
#pragma once

#include "connectors/tables/archive.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::connectors {

struct Sheet {
    std::string name;
    std::string part;  ///< in the zip: xl/worksheets/sheet1.xml
    bool is_visible = true;
    bool is_worksheet = true;  ///< not a chart or a macro sheet
};

struct Workbook {
    std::vector<Sheet> sheets;                  ///< as the tabs stand
    std::optional<std::string> shared_strings;  ///< the part's name
    std::optional<std::string> styles;
    bool is_1904 = false;  ///< days count from 1904, as in workbooks that began on a Mac
};

/// Follows the relations of the package and of the workbook; no name of a part is ever guessed.
/// Errors: Data if a part is missing, damaged, or a relation leads out of the file.
[[nodiscard]] Result<Workbook> read_workbook(const Archive& archive);

/// The sheet called `name` (compared as NFC), hidden or not; without a name the first one
/// that can be seen. Errors: Data, listing the sheets there are.
[[nodiscard]] Result<Sheet> choose_sheet(
    const Workbook& workbook, const std::optional<std::string>& name
);

}  // namespace thidua::connectors
