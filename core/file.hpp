// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Files that are either whole or not there.
#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace thidua {

/// The whole content of `path`. Errors: Io if it cannot be read or is larger than `bytes_max`.
[[nodiscard]] Result<std::string> read_file(
    const std::filesystem::path& path, std::uintmax_t bytes_max
);

/// Writes `bytes` under a temporary name, syncs, renames and syncs the folder: after a crash the
/// old content or the new is there, never a part. Mode 0640 less the umask. Errors: Io.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);

/// The same, with mode and owner of `model`, as far as this user may give them: who could read
/// `model` can read `path`. Without a `model` that can be looked at, as write_file does.
[[nodiscard]] Result<void> write_file_like(
    const std::filesystem::path& path, std::string_view bytes, const std::filesystem::path& model
);

/// The login name of a file's owner; "uid 1007" if that one has none. Errors: Io.
[[nodiscard]] Result<std::string> file_owner(const std::filesystem::path& path);

/// The folder that holds `path`; "." for a name alone.
[[nodiscard]] std::filesystem::path folder_of(const std::filesystem::path& path);

/// After it, names that were made or changed in `folder` outlive a power cut. Errors: Io.
[[nodiscard]] Result<void> sync_folder(const std::filesystem::path& folder);

/// A secret from a file: one line, trimmed. Errors: Config if missing, empty, over 4 KiB, or
/// readable by everybody; the message names the file, never the content.
[[nodiscard]] Result<std::string> read_secret(const std::filesystem::path& path);

}  // namespace thidua
