// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The editions of single units, beside the digest of a week.
#pragma once

#include "core/time.hpp"
#include "daemon/service.hpp"
#include "store/ledger.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// unit/2024-W42/H37.10.05/1
[[nodiscard]] std::string unit_edition_id(IsoWeek week, std::string_view unit);

/// The edition of one unit as it would be published now; whoever reads it by the configuration of
/// now. Publishes nothing. Errors: Usage if the unit does not exist in that week; Io; Config.
[[nodiscard]] Result<store::Edition> render_unit_edition(
    const Service& service, IsoWeek week, const std::string& unit
);

/// Publishes the edition of every unit that somebody reads, once each. What one of them fails on
/// keeps none of the others back: it is told after all of them. Doing it again changes nothing.
/// Errors: Io; Config.
[[nodiscard]] Result<std::vector<store::Edition>> publish_unit_editions(
    const Service& service, IsoWeek week, const std::optional<store::SlotKey>& slot = {}
);

}  // namespace thidua::daemon
