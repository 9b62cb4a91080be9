// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Candidates and awards: who may be put forward, and what came of what people recorded.
#pragma once

#include "config/settings.hpp"
#include "daemon/service.hpp"
#include "rules/eligibility.hpp"
#include "rules/standings.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// Every candidate held against every award, by what people had recorded when the standings were
/// known; views of both. Errors: Io.
[[nodiscard]] Result<std::vector<rules::Eligibility>> eligibility_of(
    SharedStore& store,
    const config::Settings& settings,
    const rules::Standings& standings,
    rules::Fitness demanded = rules::Fitness::Provisional
);

/// Somebody or some unit that people record something about.
struct NamedCandidate {
    std::string id;  ///< a unit's code in its new form, or an officer's id
    std::string name;
    Subject subject = Subject::Collective;
};

/// By a unit's code or an officer's id, on whatever day. Errors: Usage, naming what is near.
[[nodiscard]] Result<NamedCandidate> find_candidate(
    const config::Settings& settings, std::string_view given
);

}  // namespace thidua::daemon
