// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace thidua::config {

/// True for exactly one mailbox such as giam-doc@example.vn: ASCII letters, digits and the few
/// signs that need no quotes. No display name, list, quoting or control character gets through.
[[nodiscard]] bool is_mailbox(std::string_view text);

/// True for a host name or an IPv4 address: labels of letters, digits and inner hyphens.
[[nodiscard]] bool is_host(std::string_view text);

}  // namespace thidua::config
