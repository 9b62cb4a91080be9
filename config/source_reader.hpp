// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// YAML of a source -> SourceDescription. Whether the parts fit together, the connectors know
// (connectors/check.hpp); here every key is known, and every value is of its type.
#pragma once

#include "config/yaml.hpp"
#include "core/source.hpp"

#include <string>

namespace thidua::config {

/// Reads a source, whose preset is already laid under it. `name` is its key in the root file.
/// Reports to the node's problems; calls its finish().
[[nodiscard]] SourceDescription read_source(Node node, std::string name);

}  // namespace thidua::config
