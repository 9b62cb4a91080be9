// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace thidua {

/// RFC 4648, 4: with padding, in one line.
[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace thidua
