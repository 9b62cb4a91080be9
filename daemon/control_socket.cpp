// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/control_socket.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/un.h>

namespace thidua::daemon {
namespace {

namespace asio = boost::asio;
using asio::local::stream_protocol;
using boost::system::error_code;

/// Removes the socket that a dead daemon left. Errors: Io if it is none, or is listened at.
Result<void> clear_path(
    const stream_protocol::acceptor::executor_type& loop, const std::filesystem::path& path
) {
    error_code code;
    const auto status = std::filesystem::symlink_status(path, code);
    if (status.type() == std::filesystem::file_type::not_found) {
        return {};
    }
    if (status.type() != std::filesystem::file_type::socket) {
        return fail(
            ErrorKind::Io,
            fmt::format("control socket {}: is another kind of file; move it away", path.string())
        );
    }
    stream_protocol::socket probe(loop);
    (void)probe.open(stream_protocol(), code);
    (void)probe.non_blocking(true, code);
    (void)probe.connect(stream_protocol::endpoint(path.string()), code);
    if (code != asio::error::connection_refused) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "control socket {}: another process listens there; give each service a "
                "RuntimeDirectory of its own",
                path.string()
            )
        );
    }
    std::filesystem::remove(path, code);
    return {};
}

}  // namespace

Result<std::filesystem::path> control_socket_path(
    const std::filesystem::path& store_path, const char* runtime_directory
) {
    const std::string_view folders = runtime_directory == nullptr ? "" : runtime_directory;
    std::filesystem::path path = store_path.string() + ".sock";
    if (!folders.empty()) {
        path = std::filesystem::path(folders.substr(0, folders.find(':'))) / "control.sock";
    }
    constexpr std::size_t bytes_max = sizeof(sockaddr_un::sun_path) - 1;
    if (path.string().size() > bytes_max) {
        return fail(
            ErrorKind::Config,
            fmt::format(
                "control socket {}: {} bytes, a Unix socket's path has at most {}; give "
                "state_directory (or store.path) a shorter path, or set RUNTIME_DIRECTORY",
                path.string(),
                path.string().size(),
                bytes_max
            )
        );
    }
    return path;
}

bool may_command(uid_t user, uid_t own) {
    return user == own || user == 0;
}

std::optional<ucred> peer_of(stream_protocol::socket& socket) {
    ucred peer{};
    socklen_t size = sizeof(peer);
    if (::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
        return std::nullopt;
    }
    return peer;
}

Result<void> listen_at(stream_protocol::acceptor& acceptor, const std::filesystem::path& path) {
    if (auto cleared = clear_path(acceptor.get_executor(), path); !cleared) {
        return cleared;
    }
    error_code code;
    (void)acceptor.open(stream_protocol(), code);
    // Nobody else may connect, not even in the instant between bind and chmod.
    const mode_t before = ::umask(0177);
    if (!code) {
        (void)acceptor.bind(stream_protocol::endpoint(path.string()), code);
    }
    (void)::umask(before);
    if (!code) {
        (void)acceptor.listen(asio::socket_base::max_listen_connections, code);
    }
    if (code) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "control socket {}: {}; the folder must be there and ours to write to",
                path.string(),
                code.message()
            )
        );
    }
    return {};
}

}  // namespace thidua::daemon
