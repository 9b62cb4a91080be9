// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The database's file on disk is ours alone. Private to store/.
#pragma once

#include "core/result.hpp"

#include <filesystem>

namespace thidua::store {

/// Makes an empty file that only its owner may read; one that is there stays as it is. Errors: Io.
[[nodiscard]] Result<void> make_private(const std::filesystem::path& path);

/// Refuses a file that is a link or no file, belongs to somebody else (root may read those), or
/// that others may read, and tells the remedy; a missing one is fine. Errors: Io.
[[nodiscard]] Result<void> check_private(const std::filesystem::path& path, bool for_writing);

}  // namespace thidua::store
