// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// From what a sheet's XML says of one cell to a value.
#pragma once

#include "connectors/tables/number_format.hpp"
#include "connectors/tables/shared_strings.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace thidua::connectors {

/// One <c> as it stands in the file.
struct RawCell {
    std::string type;   ///< s, str, inlineStr, b, e, d, n; empty is n
    std::string value;  ///< of <v>, or the texts of <is>
    std::uint64_t style = 0;
    bool has_formula = false;
};

/// What the cells of a workbook have in common.
struct CellContext {
    const SharedStrings& strings;
    const Styles& styles;
    bool is_1904 = false;
};

/// Puts into `cell` what `raw` is. A formula without a stored value and a date that the calendar
/// does not have are Error cells. Errors: Data, without a place, for what no office program writes:
/// a shared text or style that is not there, a number that is none.
[[nodiscard]] Result<void> read_cell(const RawCell& raw, const CellContext& context, Cell& cell);

/// The shortest decimal that is read back as the number that `text` is; whole numbers have neither
/// fraction nor exponent, and up to 18 digits stay exactly as they are. Errors: Data.
[[nodiscard]] Result<std::string> number_text(std::string_view text);

}  // namespace thidua::connectors
