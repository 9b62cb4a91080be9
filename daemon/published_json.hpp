// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.hpp"
#include "rules/published.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace thidua::daemon {

/// What the edition of this manifest said. Errors: Data if it is no manifest.
[[nodiscard]] Result<rules::Published> read_published(std::string_view manifest);

/// A figure that is another one now: unit, indicator, and both counts of before and of now.
[[nodiscard]] boost::json::object changed_json(const rules::Changed<rules::PublishedFigure>& change
);

/// The same for people at a terminal: "H37.10.05 payments-online: 1/2 before, 2/2 now"
[[nodiscard]] std::string changed_text(const rules::Changed<rules::PublishedFigure>& change);

}  // namespace thidua::daemon
