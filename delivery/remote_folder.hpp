// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What uploading asks of a server, whichever protocol it speaks. For upload.cpp alone.
#pragma once

#include "core/result.hpp"
#include "delivery/upload.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace thidua::delivery {

/// Paths are relative to the target's folder; their parts are plain: no sign that has a meaning in
/// a URL, a shell or a command of SFTP.
class RemoteFolder {
  public:
    RemoteFolder() = default;
    RemoteFolder(const RemoteFolder&) = delete;
    RemoteFolder& operator=(const RemoteFolder&) = delete;
    virtual ~RemoteFolder() = default;

    /// Makes the folder and those above it, up to the target's; those that are there are left.
    [[nodiscard]] virtual Result<void> make_folder(std::string_view path) = 0;
    /// The file's bytes; nothing if there is none. Errors: Data if it has more than `bytes_max`.
    [[nodiscard]] virtual Result<std::optional<std::string>> read(
        const std::string& path, std::size_t bytes_max
    ) = 0;
    /// In place of what is there: for temporary names.
    [[nodiscard]] virtual Result<void> write(const std::string& path, std::string_view bytes) = 0;
    /// Errors: Data if `to` is there already; it stays as it is.
    [[nodiscard]] virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
};

[[nodiscard]] std::unique_ptr<RemoteFolder> open_webdav(
    const UploadTarget& target, std::stop_token stop
);
[[nodiscard]] std::unique_ptr<RemoteFolder> open_sftp(
    const UploadTarget& target, std::stop_token stop
);

}  // namespace thidua::delivery
