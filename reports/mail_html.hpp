// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reports/document.hpp"

#include <string>

namespace thidua::reports {

/// The document as one column of HTML, at most 640 px wide and readable at 360 px.
///
/// Inline styles only, since mail clients drop the others; nothing remote, no script, no image.
[[nodiscard]] std::string render_html(const Document& document);

}  // namespace thidua::reports
