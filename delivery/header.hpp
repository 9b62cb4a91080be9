// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Header values as they stand in a message. GMime could write them, but its folding overshoots
// RFC 2047's 76 columns by one at times and mixes quotes with encoded words inside one name.
#pragma once

#include "delivery/message.hpp"

#include <string>
#include <string_view>

namespace thidua::delivery {

/// True for UTF-8 of at most 900 bytes without control characters or line separators: nothing that
/// could begin a header of its own.
[[nodiscard]] bool is_header_value(std::string_view value);

/// A Subject: as it is where it is short plain ASCII, else in encoded words (RFC 2047, base64), one
/// a line, no letter split. Lines are joined by "\n ".
[[nodiscard]] std::string encode_text(std::string_view text);

/// From or To: the address alone, "name" <address>, or encoded words and <address>.
[[nodiscard]] std::string encode_mailbox(const Mailbox& mailbox);

}  // namespace thidua::delivery
