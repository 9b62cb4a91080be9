// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// An edition's documents in a folder of another machine, by SFTP or WebDAV, as whole as in one of
// this machine.
#pragma once

#include "core/result.hpp"
#include "delivery/filing.hpp"

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::delivery {

/// The folder on the other machine, with its credentials read.
struct UploadTarget {
    std::string url;  ///< sftp://host/path/, or https://host/path/ for WebDAV; no user within
    std::string username;
    std::string password;                       ///< empty with a key
    std::filesystem::path key_file;             ///< a private key, for SFTP
    std::filesystem::path known_hosts_file;     ///< with the host's key: SFTP goes to no other
    std::filesystem::path ca_file;              ///< for WebDAV; empty: the system's certificates
    std::chrono::milliseconds timeout{60'000};  ///< of each step
};

/// Uploads the documents below `folder` ("2024/W42", made if missing) in the given order, the
/// manifest last. Each goes under a temporary name and is then renamed, which on neither kind of
/// server replaces a file: so it is there whole or not at all. The same bytes again change nothing;
/// other bytes under its name are refused.
/// Errors: Data (the name is taken by other bytes, or cannot be written over there), Config, Auth,
/// Transient (it may pass), Stopped. Repeatable. Blocks the calling thread.
[[nodiscard]] Result<void> upload_documents(
    const UploadTarget& target,
    std::string_view folder,
    const std::vector<FiledDocument>& documents,
    const std::stop_token& stop
);

}  // namespace thidua::delivery
