// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Figures of the weeks before, as their digests published them.
#pragma once

#include "daemon/service.hpp"
#include "reports/past_week.hpp"
#include "rules/published.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace thidua::daemon {

class PastWeeks {
  public:
    /// Reads the manifests of the campaign's digests before that of `week`; a week without one is
    /// left out.
    /// Errors: Io; Data if a manifest is not what it should be.
    [[nodiscard]] static Result<PastWeeks> load(const Service& service, IsoWeek week);

    /// Those of the whole agency, oldest first.
    [[nodiscard]] std::vector<reports::PastWeek> of_all(const Campaign& campaign) const;

    /// Those of one unit, oldest first; a week that did not know the unit is left out.
    [[nodiscard]] std::vector<reports::PastWeek> of_unit(
        const Campaign& campaign, std::string_view unit
    ) const;

  private:
    std::vector<std::pair<IsoWeek, rules::Published>> weeks_;  ///< oldest first
};

}  // namespace thidua::daemon
