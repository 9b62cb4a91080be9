// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace thidua {

/// RFC 4648, 4: with padding, in one line.
[[nodiscard]] std::string base64(std::string_view bytes);

/// The bytes that base64() made `text` of; nothing if it did not.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace thidua
