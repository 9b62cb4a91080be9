// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What awards ask for and who has reached it, as JSON.
#pragma once

#include "rules/award.hpp"
#include "rules/eligibility.hpp"

#include <boost/json/object.hpp>

namespace thidua::daemon {

/// A condition with those below it: "finding" of docs/schema/rules-explain.schema.json
[[nodiscard]] boost::json::object finding_json(const rules::Finding& finding);

/// Candidate, award and verdict: docs/schema/rules-eval.schema.json
[[nodiscard]] boost::json::object eligibility_json(const rules::Eligibility& one);

}  // namespace thidua::daemon
