// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The fonts of a page. They are files of packages, named here one by one: what else a machine has,
// and how people set up its fontconfig, changes no byte of a document.
#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>

namespace thidua::reports::pdf {

/// The family of every text; metrically Times New Roman.
inline constexpr const char* font_family = "Liberation Serif";

/// Makes these fonts the only ones that this process knows. Once it has succeeded it costs nothing.
/// Errors: Io if a font is missing or lacks Vietnamese letters, with the package that brings it.
[[nodiscard]] Result<void> load_fonts();

/// `text` as it can be set: control characters become spaces, what no font has becomes "□", and a
/// figure stays on one line with its per cent sign. After load_fonts().
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace thidua::reports::pdf
