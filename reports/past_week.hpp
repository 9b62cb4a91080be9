// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/time.hpp"
#include "reports/document.hpp"

#include <vector>

namespace thidua::reports {

/// The figures of an earlier week, of the whole agency or of a unit, as they were published.
struct PastWeek {
    IsoWeek week;
    std::vector<Percent> figures;  ///< in the order of Campaign::indicators

    friend bool operator==(const PastWeek&, const PastWeek&) = default;
};

}  // namespace thidua::reports
