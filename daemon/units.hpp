// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The units that figures are counted by: those of the configuration, with the codes that people
// decided on beside it.
#pragma once

#include "config/settings.hpp"
#include "daemon/service.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// True if a unit has the code on some day, or an alias of it.
[[nodiscard]] bool is_mapped(std::span<const DatedUnit> units, std::string_view code);

/// `units` with `aliases`. One whose code the configuration maps meanwhile, or whose unit it does
/// not know any more, is left out: the configuration has the last word.
[[nodiscard]] std::vector<DatedUnit> with_aliases(
    std::vector<DatedUnit> units, std::span<const store::UnitAlias> aliases
);

/// The units of the settings with the aliases that are on file.
[[nodiscard]] Result<std::vector<DatedUnit>> units_known(
    SharedStore& store, const config::Settings& settings
);

}  // namespace thidua::daemon
