// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reports/document.hpp"

#include <string>

namespace thidua::reports {

/// A document as mail: both parts say the same.
struct MailParts {
    std::string subject;
    std::string html;  ///< inline styles, no remote content, readable at 360 px; under 90 kB
    std::string text;
};

[[nodiscard]] MailParts render_mail(const Document& document);

}  // namespace thidua::reports
