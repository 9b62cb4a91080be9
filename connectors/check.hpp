// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Whether a description can be carried out, before anybody is asked.
#pragma once

#include "core/result.hpp"
#include "core/source.hpp"

namespace thidua::connectors {

/// Errors: Config, naming the key and what is allowed. Opens no file and no connection.
[[nodiscard]] Result<void> check_source(const SourceDescription& description);

}  // namespace thidua::connectors
