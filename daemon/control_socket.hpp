// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The daemon's Unix socket itself: where it is, who may come, what is left of a dead daemon's.
#pragma once

#include "core/result.hpp"

#include <boost/asio/local/stream_protocol.hpp>
#include <sys/socket.h>

#include <filesystem>
#include <optional>

namespace thidua::daemon {

/// Where the daemon of this store listens: in systemd's runtime directory, else beside the store.
/// `runtime_directory` is systemd's variable: folders separated by colons, or null.
/// Errors: Config if the path is longer than a Unix socket's may be.
[[nodiscard]] Result<std::filesystem::path> control_socket_path(
    const std::filesystem::path& store_path, const char* runtime_directory
);

/// Whether a process of `user` may give commands to a daemon of `own`: the same, or root.
[[nodiscard]] bool may_command(uid_t user, uid_t own);

/// Who is at the other end, by the kernel's word.
[[nodiscard]] std::optional<ucred> peer_of(boost::asio::local::stream_protocol::socket& socket);

/// Listens at `path`, for its owner only; what a dead daemon left there is replaced.
/// Errors: Io if the path cannot be had, holds something else, or somebody listens there.
[[nodiscard]] Result<void> listen_at(
    boost::asio::local::stream_protocol::acceptor& acceptor, const std::filesystem::path& path
);

}  // namespace thidua::daemon
