// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reports/document.hpp"
#include "reports/picture.hpp"

#include <span>
#include <string>
#include <string_view>

namespace thidua::reports {

/// The document as one column of HTML, at most 640 px wide and readable at 360 px.
///
/// Inline styles only, since mail clients drop the others; nothing remote, no script. A chart
/// is its picture, the next of `pictures`, or where they end its words.
[[nodiscard]] std::string render_html(const Document& document, std::span<const Picture> pictures);

/// How a picture within the HTML begins.
inline constexpr std::string_view picture_source = "src=\"data:image/svg+xml;base64,";

}  // namespace thidua::reports
