// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"
#include "config/yaml.hpp"

namespace thidua::config {

/// Shape: {listen?: ADDRESS:PORT or off, password_file?}. An address that other machines reach
/// needs a password file.
[[nodiscard]] Web read_web(Node node);

/// True if only this machine reaches `address`, an IPv4 or IPv6 address as a number.
[[nodiscard]] bool is_loopback(const std::string& address);

}  // namespace thidua::config
