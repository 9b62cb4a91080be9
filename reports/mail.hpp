// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reports/document.hpp"
#include "reports/picture.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace thidua::reports {

/// A document as mail: both parts say the same.
struct MailParts {
    std::string subject;
    std::string html;  ///< inline styles, no remote content, readable at 360 px; under 90 kB
    std::string text;
};

/// With `pictures` of its trend charts (draw_pictures) the HTML holds them as SVG; without, it says
/// in words what they show.
[[nodiscard]] MailParts render_mail(
    const Document& document, std::span<const Picture> pictures = {}
);

/// The same with a line of words before everything else.
[[nodiscard]] MailParts with_note(const MailParts& parts, std::string_view words);

/// The HTML with each picture replaced by what the mail carries as `content_id(number)`, from 0 on:
/// mail clients do not show SVG.
[[nodiscard]] std::string with_attached_pictures(std::string_view html);

/// "bieu-do-1@thidua"
[[nodiscard]] std::string content_id(std::size_t picture);

}  // namespace thidua::reports
