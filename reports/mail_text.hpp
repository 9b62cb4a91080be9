// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reports/document.hpp"

#include <string>
#include <string_view>

namespace thidua::reports {

/// Width of the text part: quoted once or twice, it still fits into 80 columns.
inline constexpr std::size_t text_columns = 72;

/// The document as plain text, no line wider than `text_columns` unless a single word is.
[[nodiscard]] std::string render_text(const Document& document);

/// How many columns `text` takes: its code points, since NFC Vietnamese has no combining marks.
[[nodiscard]] std::size_t text_width(std::string_view text);

/// `text` in lines of at most `text_columns`, broken at spaces; the first line begins with `first`,
/// the others with `rest`. Line ends within `text` count as spaces.
[[nodiscard]] std::string wrap_text(
    std::string_view text, std::string_view first, std::string_view rest
);

}  // namespace thidua::reports
