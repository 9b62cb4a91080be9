// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/units.hpp"

#include <algorithm>
#include <utility>

namespace thidua::daemon {

bool is_mapped(std::span<const DatedUnit> units, std::string_view code) {
    return std::ranges::any_of(units, [&](const DatedUnit& unit) {
        return unit.code == code ||
               std::ranges::any_of(unit.aliases, [&](const DatedUnit::DatedAlias& alias) {
                   return alias.code == code;
               });
    });
}

std::vector<DatedUnit> with_aliases(
    std::vector<DatedUnit> units, std::span<const store::UnitAlias> aliases
) {
    for (const store::UnitAlias& alias : aliases) {
        if (is_mapped(units, alias.code)) {
            continue;
        }
        // Of several units that had the code one after another the last is meant.
        const auto place =
            std::ranges::find(units.rbegin(), units.rend(), alias.unit, &DatedUnit::code);
        if (place != units.rend()) {
            place->aliases.push_back({alias.code, {alias.from, std::nullopt}});
        }
    }
    return units;
}

Result<std::vector<DatedUnit>> units_known(SharedStore& store, const config::Settings& settings) {
    const auto aliases = store.call([](store::Store& open) { return open.unit_aliases(); });
    return aliases ? Result<std::vector<DatedUnit>>(with_aliases(settings.units, *aliases))
                   : std::unexpected(aliases.error());
}

}  // namespace thidua::daemon
