// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Evidence as people and programs read it.
#pragma once

#include "core/evidence.hpp"

#include <boost/json.hpp>

#include <string>

namespace thidua::daemon {

[[nodiscard]] boost::json::object evidence_json(const Evidence& evidence);

/// "minh chứng 4 (được chấp nhận): Hội nghị tập huấn, 12/TB-VP, 2024-09-12"
[[nodiscard]] std::string evidence_line(const Evidence& evidence);

}  // namespace thidua::daemon
