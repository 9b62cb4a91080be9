// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Where a connection may go. A name that suddenly resolves to this machine or to its network must
// not turn the program into somebody's way in.
#pragma once

#include "core/result.hpp"

#include <sys/socket.h>

#include <string>
#include <string_view>

namespace thidua::connectors {

/// What an address leads to.
enum class Reach {
    Public,
    Private,  ///< this machine, or a private network
    Never,    ///< link-local, multicast, or of a family that is not the Internet's
};

[[nodiscard]] Reach reach_of(const sockaddr& address);

/// A URL that may be asked, and how far its own host name allows to go.
struct Target {
    std::string scheme;
    std::string host;
    Reach reach = Reach::Public;  ///< Private: the URL itself names a private or loopback host
};

/// Errors: Config if the URL is not absolute http or https, holds a control character, a space, a
/// user name or a password, or names a host of Reach::Never.
[[nodiscard]] Result<Target> check_url(std::string_view text);

}  // namespace thidua::connectors
