// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/pdf/page.hpp"

#include <charconv>
#include <iterator>

namespace thidua::reports::pdf {
namespace {

/// Of "#rrggbb", the byte at `at`, as a share of 1.
double share_of(std::string_view colour, std::size_t at) {
    unsigned value = 0;
    (void)std::from_chars(colour.data() + at, colour.data() + at + 2, value, 16);
    return value / 255.0;
}

/// One overload per kind of item.
class Drawing {
  public:
    explicit Drawing(cairo_t* cairo) : cairo_(cairo) {}

    void operator()(const Fill& fill) const {
        set_colour(fill.colour);
        cairo_rectangle(cairo_, fill.x, fill.y, fill.width, fill.height);
        cairo_fill(cairo_);
    }

    void operator()(const Stroke& stroke) const {
        constexpr double dashes[] = {4, 3};
        set_colour(stroke.colour);
        cairo_set_line_width(cairo_, stroke.width);
        cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_ROUND);
        cairo_set_dash(
            cairo_, dashes, stroke.is_dashed ? static_cast<int>(std::ssize(dashes)) : 0, 0
        );
        cairo_new_path(cairo_);  // a text before leaves its place as where a line begins
        for (const auto& [x, y] : stroke.points) {
            cairo_line_to(cairo_, x, y);
        }
        cairo_stroke(cairo_);
    }

    void operator()(const PlacedLine& placed) const {
        const TextBox::Line& line = placed.box->lines()[placed.line];
        cairo_set_source_rgb(cairo_, 0, 0, 0);
        cairo_move_to(cairo_, placed.x + line.x, placed.y + line.baseline);
        pango_cairo_show_layout_line(cairo_, line.line);
    }

    void operator()(const TagBegin& tag) const { cairo_tag_begin(cairo_, tag.name, nullptr); }
    void operator()(const TagEnd& tag) const { cairo_tag_end(cairo_, tag.name); }
    void operator()(const Bookmark& /*mark*/) const {}

  private:
    void set_colour(std::string_view colour) const {
        cairo_set_source_rgb(cairo_, share_of(colour, 1), share_of(colour, 3), share_of(colour, 5));
    }

    cairo_t* cairo_;
};

}  // namespace

void draw(cairo_t* cairo, const Item& item) {
    std::visit(Drawing(cairo), item);
}

}  // namespace thidua::reports::pdf
