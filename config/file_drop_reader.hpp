// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The part of a source's YAML that is about files: folders, encodings, columns.
#pragma once

#include "config/yaml.hpp"
#include "core/table_file.hpp"

namespace thidua::config {

/// Reports to the node's problems; calls its finish(). An absent node gives the defaults.
[[nodiscard]] FileDrop read_file_drop(Node node);

}  // namespace thidua::config
