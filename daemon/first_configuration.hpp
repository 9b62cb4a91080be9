// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The configuration that thidua init writes, from what was answered. Writes nothing itself.
#pragma once

#include "core/result.hpp"
#include "daemon/options.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// Stands where only the owner of a source knows what belongs there.
inline constexpr std::string_view placeholder = "CHANGE-ME";

struct NewFile {
    std::filesystem::path path;  ///< below the folder
    std::string text;
};

struct FirstConfiguration {
    std::vector<NewFile> files;        ///< the root file first
    std::vector<std::string> secrets;  ///< files that somebody has to write, below the folder
    bool has_placeholders = false;     ///< CHANGE-ME, or an address of example.vn
};

/// What is between "# Needs:" and the first semicolon or full stop of a preset's head, as far as it
/// is a dotted key: "auth.client_id", "parameters.partner".
[[nodiscard]] std::vector<std::string> needs_of_preset(const std::string& preset);

/// Errors: Usage for a source that is not PRESET:BASE_URL or whose preset is not there, and for a
/// relay without a sender; Io if a template cannot be read.
[[nodiscard]] Result<FirstConfiguration> first_configuration(const Starting& starting);

}  // namespace thidua::daemon
