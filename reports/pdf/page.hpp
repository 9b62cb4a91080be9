// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What stands on a page, in the order of reading, before it is drawn: only when all pages are known
// can each say how many there are. Lengths are points, from the upper left corner.
#pragma once

#include "reports/pdf/text.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace thidua::reports::pdf {

constexpr double points_of_mm(double mm) {
    return mm * 72 / 25.4;
}

/// A4 and its margins, by NĐ 30/2020, phụ lục I.
struct Paper {
    double width = points_of_mm(210);
    double height = points_of_mm(297);
};
inline constexpr double margin_top = points_of_mm(20);
inline constexpr double margin_bottom = points_of_mm(20);
inline constexpr double margin_left = points_of_mm(30);
inline constexpr double margin_right = points_of_mm(15);

[[nodiscard]] constexpr Paper paper(bool is_landscape) {
    constexpr Paper upright;
    return is_landscape ? Paper{upright.height, upright.width} : upright;
}

[[nodiscard]] constexpr double content_width(bool is_landscape) {
    return paper(is_landscape).width - margin_left - margin_right;
}

/// A filled rectangle.
struct Fill {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    std::string_view colour;
};

/// A line from point to point.
struct Stroke {
    std::vector<std::pair<double, double>> points;  ///< x, y
    double width = 1;
    std::string_view colour;
    bool is_dashed = false;
};

/// One line of a box whose upper left corner would be at x, y.
struct PlacedLine {
    Box box;
    std::size_t line = 0;
    double x = 0;
    double y = 0;
};

/// Structure for readers who do not see: "H1", "P", "Table", "TR", "TH", "TD", "L", "LI", "Figure".
struct TagBegin {
    const char* name = "";
};
struct TagEnd {
    const char* name = "";
};

/// An entry of the outline that leads to `y`.
struct Bookmark {
    std::string title;
    double y = 0;
};

using Item = std::variant<Fill, Stroke, PlacedLine, TagBegin, TagEnd, Bookmark>;

struct Page {
    bool is_landscape = false;
    std::vector<Item> items;
};

/// Draws `item` at its place, on any surface of Cairo's. Of a bookmark there is nothing to see.
void draw(cairo_t* cairo, const Item& item);

}  // namespace thidua::reports::pdf
