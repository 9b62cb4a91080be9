// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The zip around a Word file.
#pragma once

#include "core/result.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::reports::docx {

/// A file within it.
struct Part {
    std::string name;
    std::string bytes;

    friend bool operator==(const Part&, const Part&) = default;
};

/// The parts in their order, packed; no clock is asked, so the same parts give the same bytes.
/// Errors: Io if there is no memory for it.
[[nodiscard]] Result<std::string> pack(std::span<const Part> parts);

/// The parts of a file that somebody else made, in its order. Errors: Data if it is no whole zip,
/// is encrypted, damaged or larger than any form, or names a part twice or with a path that leads
/// somewhere else.
[[nodiscard]] Result<std::vector<Part>> unpack(std::string_view bytes);

}  // namespace thidua::reports::docx
