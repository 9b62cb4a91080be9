// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The charts of a document that HTML cannot draw by itself.
#pragma once

#include "core/result.hpp"
#include "reports/document.hpp"

#include <string>
#include <vector>

namespace thidua::reports {

/// One chart, drawn once for each who shows it.
struct Picture {
    std::string svg;    ///< for pages
    std::string png;    ///< for mail clients, at twice its size
    std::string words;  ///< what it shows, for who does not see it
};

/// Its size in pixels where it is read on a phone; wider screens show it larger.
inline constexpr int picture_width = 360;
inline constexpr int picture_height = 135;

/// The trend charts of `document`, in its order. Errors: Io with the font that is missing.
[[nodiscard]] Result<std::vector<Picture>> draw_pictures(const Document& document);

}  // namespace thidua::reports
