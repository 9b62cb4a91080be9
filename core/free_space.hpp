// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a file system still takes.
#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace thidua {

struct FreeSpace {
    std::uint64_t bytes = 0;  ///< for somebody who is not root
    bool takes_files = true;  ///< false: no inode is left, however many bytes are
};

/// Of the file system that holds `path`, which exists. Errors: Io.
[[nodiscard]] Result<FreeSpace> free_space(const std::filesystem::path& path);

/// What to do where a call on `path` said that there is no space: whether bytes or inodes are used
/// up. `path` itself need not exist, its folder does.
[[nodiscard]] std::string_view space_remedy(const std::filesystem::path& path);

}  // namespace thidua
