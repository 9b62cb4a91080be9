// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A folder into which people drop files: claiming them, reading them safely, putting them away.
#pragma once

#include "core/result.hpp"
#include "core/table_file.hpp"
#include "core/time.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace thidua::daemon {

/// Claims the settled files of the inbox that are `wanted`, in the order of their names, at most
/// 1,000 a time: each is renamed into `.dang-doc`, so that nobody writes to it any more. What a
/// crash left there comes first. Errors: Io.
[[nodiscard]] Result<std::vector<std::filesystem::path>> claim_files(
    const FileDrop& drop,
    Instant now,
    const std::function<bool(const std::filesystem::path&)>& wanted
);

/// The bytes of a file. Errors: Data if it is not a file of its own (a link, a device) or above
/// 128 MiB; Io if it cannot be read.
[[nodiscard]] Result<std::string> read_own_file(const std::filesystem::path& path);

/// Moves a claimed file into `folder`, never over another one, with `note` beside it unless that is
/// empty. Errors: Io.
[[nodiscard]] Result<void> put_away(
    const std::filesystem::path& file,
    const std::filesystem::path& folder,
    Instant now,
    const std::string& note
);

}  // namespace thidua::daemon
