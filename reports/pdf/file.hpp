// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Pages drawn into a PDF file by Cairo.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "reports/pdf/page.hpp"

#include <string>
#include <vector>

namespace thidua::reports::pdf {

/// What the file says of itself.
struct FileFacts {
    std::string title;
    std::string author;
    Instant created_at{};
};

/// The file, with `running_title` and the page's number of so many at the foot of each page.
/// Errors: Io with Cairo's words.
[[nodiscard]] Result<std::string> draw(
    const std::vector<Page>& pages,
    const FileFacts& facts,
    const Typesetter& typesetter,
    const std::string& running_title
);

}  // namespace thidua::reports::pdf
