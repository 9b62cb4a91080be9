// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Pictures for pages: text stays text, which is small, sharp and read out.
#pragma once

#include "reports/pdf/page.hpp"

#include <span>
#include <string>

namespace thidua::reports::pdf {

/// The items as an SVG file of `width` by `height` pixels. Of a text that has several lines or
/// looks, the first.
[[nodiscard]] std::string svg_of(std::span<const Item> items, int width, int height);

}  // namespace thidua::reports::pdf
