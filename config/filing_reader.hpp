// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"
#include "config/yaml.hpp"

namespace thidua::config {

/// Shape: {url: "sftp://host/path/", user, password_file | key_file, known_hosts_file}, or {url:
/// "https://host/path/", user?, password_file?, ca_file?}.
[[nodiscard]] Filing read_filing(Node node);

}  // namespace thidua::config
