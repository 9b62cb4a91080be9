// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.hpp"
#include "reports/workbook.hpp"

#include <string>

namespace thidua::reports {

/// The workbook as the bytes of an .xlsx file. The same workbook gives the same bytes on any
/// machine with the same library: no clock, zone, locale or path is in them. Errors: Data if it is
/// none that Excel opens (a sheet's name, a count beyond 15 digits); Io if the library fails.
[[nodiscard]] Result<std::string> render_xlsx(const sheet::Workbook& workbook);

}  // namespace thidua::reports
