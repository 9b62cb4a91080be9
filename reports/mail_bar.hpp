// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reports/document.hpp"

#include <string>

namespace thidua::reports {

/// A bar of table cells with a tick at the target, which Outlook draws too; empty without a ratio.
/// The filled part stops short of the tick, at it or beyond it as the exact counts do.
[[nodiscard]] std::string render_bar(const Percent& percent);

}  // namespace thidua::reports
