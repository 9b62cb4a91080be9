// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A condition of an award in words, as the annex and the workbook print it.
#pragma once

#include "core/campaign.hpp"
#include "rules/award.hpp"

#include <string>

namespace thidua::reports {

/// What it asks for.
[[nodiscard]] std::string condition_text(const Campaign& campaign, const rules::Finding& finding);

/// What it rests on: a figure, a recorded decision, or the body that has yet to decide; empty if
/// it is made of other conditions.
[[nodiscard]] std::string condition_grounds(const Plan& plan, const rules::Finding& finding);

}  // namespace thidua::reports
