// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Reasons of differences as units read them, and what to do about them.
#pragma once

#include "rules/reason.hpp"

#include <string_view>

namespace thidua::rules {

/// "trễ đồng bộ" and the like.
[[nodiscard]] std::string_view vietnamese(Reason reason);

/// What a unit is to do about such a dossier.
[[nodiscard]] std::string_view remedy(Reason reason);

/// True unless there is nothing to do about it.
[[nodiscard]] bool needs_fixing(Reason reason);

}  // namespace thidua::rules
