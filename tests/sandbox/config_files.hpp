// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// Writes the fixed facts of the world as the two YAML files that the program under test reads, so
// that both sides are sure to speak of the same units and procedures.

#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace thidua::sandbox {

std::string organisation_yaml();
std::string procedures_yaml();
/// Writes organisations/ and procedures/so-tnmt-langson.yaml below `directory`, which has to have
/// both folders. Returns what went wrong, if anything did.
std::optional<std::string> write_config(const std::filesystem::path& directory);

}  // namespace thidua::sandbox
