// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// HTTP/1.1 with keep-alive on 127.0.0.1, one thread; the only file that knows Asio and Beast.

#pragma once

#include "service.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace thidua::sandbox {

struct Endpoint {
    std::uint16_t port = 0;  // 0: any free one
    std::optional<std::string> port_file;
};

/// Serves until SIGTERM or SIGINT. Once it listens, the port stands in the port file (temporary
/// name, then renamed). Throws what Asio and the file system throw if it cannot begin.
void serve(Service& service, const Endpoint& endpoint);

}  // namespace thidua::sandbox
