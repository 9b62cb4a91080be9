// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Which machines may be spoken to, and how openly.
#pragma once

#include <string_view>

struct sockaddr;

namespace thidua::delivery {

/// True for localhost, 127.0.0.0/8 and ::1: what is sent there leaves no machine, so that it may go
/// without TLS.
[[nodiscard]] bool is_loopback(std::string_view host);

/// True for a link-local or multicast address, by IPv4 or IPv6, or IPv4 within IPv6: never a place
/// for what we say, but perhaps the metadata service of a cloud.
[[nodiscard]] bool is_forbidden(const sockaddr& address);

}  // namespace thidua::delivery
