// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/named.hpp"

#include "core/codes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::daemon {

Result<std::string> find_unit_code(const config::Settings& settings, std::string_view given) {
    std::string code = canonical_unit_code(given);
    if (std::ranges::find(settings.units, code, &DatedUnit::code) != settings.units.end()) {
        return code;
    }
    return fail(
        ErrorKind::Usage,
        fmt::format("there is no unit {}; thidua units list names those that there are", given)
    );
}

Result<const Indicator*> find_indicator(const Campaign& campaign, std::string_view id) {
    const auto place = std::ranges::find(campaign.indicators, id, &Indicator::id);
    if (place != campaign.indicators.end()) {
        return &*place;
    }
    std::string known;
    for (const Indicator& indicator : campaign.indicators) {
        known += (known.empty() ? "" : ", ") + indicator.id;
    }
    return fail(ErrorKind::Usage, fmt::format("there is no indicator {}; there are {}", id, known));
}

}  // namespace thidua::daemon
