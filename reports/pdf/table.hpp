// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Tables over pages: the head stands on each of them, and no row is cut that fits on one.
#pragma once

#include "reports/pdf/flow.hpp"

namespace thidua::reports::pdf {

/// True if the columns would be too narrow to read on an upright page.
[[nodiscard]] bool needs_landscape(const Typesetter& typesetter, const Table& table);

void lay_out(Flow& flow, const Typesetter& typesetter, const Table& table);

}  // namespace thidua::reports::pdf
