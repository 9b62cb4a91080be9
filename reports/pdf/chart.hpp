// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Bars drawn as vectors.
#pragma once

#include "reports/pdf/flow.hpp"

namespace thidua::reports::pdf {

/// The figure as a bar with a stroke at its target, in `place`.
void add_bar(Flow& flow, const Percent& percent, const Fill& place);

/// A bar for each unit, under each other, so that the strokes at one target make a line.
void lay_out(Flow& flow, const Typesetter& typesetter, const BarChart& chart);

}  // namespace thidua::reports::pdf
