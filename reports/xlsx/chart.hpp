// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reports/workbook.hpp"

#include <xlsxwriter.h>

#include <string>

namespace thidua::reports::xlsx {

/// A sheet under way.
struct Target {
    lxw_workbook* book = nullptr;
    lxw_worksheet* sheet = nullptr;
    std::string name;  ///< of the sheet
};

/// Puts a native chart, which Excel draws from the cells.
[[nodiscard]] lxw_error add_chart(const Target& target, const sheet::Chart& chart);

}  // namespace thidua::reports::xlsx
