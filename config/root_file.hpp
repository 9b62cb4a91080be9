// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The file that an administrator writes, and what is laid over it.
#pragma once

#include "config/files.hpp"

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace thidua::config {

/// The files of a folder that end in `extension`, in lexical order; none if there is no folder.
[[nodiscard]] std::vector<std::filesystem::path> files_in(
    const std::filesystem::path& folder, std::string_view extension
);

/// The root file with its drop-ins laid over it, each over those before.
[[nodiscard]] std::optional<Value> read_root(
    const std::filesystem::path& file, Files& files, Problems& problems
);

}  // namespace thidua::config
