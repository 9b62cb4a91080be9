// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/pdf/svg.hpp"

#include "reports/html.hpp"

#include <fmt/format.h>

namespace thidua::reports::pdf {
namespace {

/// Writes item after item; one overload per kind of item.
class SvgWriter {
  public:
    void operator()(const Fill& fill) {
        out_ += fmt::format(
            R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"/>)",
            fill.x,
            fill.y,
            fill.width,
            fill.height,
            fill.colour
        );
    }

    void operator()(const Stroke& stroke) {
        out_ += R"(<polyline points=")";
        for (const auto& [x, y] : stroke.points) {
            out_ += fmt::format("{:.1f},{:.1f} ", x, y);
        }
        out_.back() = '"';
        out_ += fmt::format(
            R"( fill="none" stroke="{}" stroke-width="{}" stroke-linejoin="round"{}/>)",
            stroke.colour,
            stroke.width,
            stroke.is_dashed ? R"( stroke-dasharray="4 3")" : ""
        );
    }

    /// As wide as it is in our font, should the reader have another.
    void operator()(const PlacedLine& placed) {
        const TextBox::Line& line = placed.box->lines()[placed.line];
        const Run& run = placed.box->runs().front();
        out_ += fmt::format(
            R"(<text x="{:.1f}" y="{:.1f}" font-size="{}" fill="{}"{} textLength="{:.1f}" )"
            R"(lengthAdjust="spacingAndGlyphs">{}</text>)",
            placed.x + line.x,
            placed.y + line.baseline,
            placed.box->size(),
            run.colour,
            run.is_bold ? R"( font-weight="bold")" : "",
            placed.box->natural_width(),
            escape_html(run.text)
        );
    }

    void operator()(const TagBegin& /*tag*/) {}
    void operator()(const TagEnd& /*tag*/) {}
    void operator()(const Bookmark& /*mark*/) {}

    [[nodiscard]] std::string text() && { return std::move(out_); }

  private:
    std::string out_;
};

}  // namespace

std::string svg_of(std::span<const Item> items, int width, int height) {
    SvgWriter writer;
    for (const Item& item : items) {
        std::visit(writer, item);
    }
    return fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" )"
        R"(font-family="'Liberation Serif','Times New Roman',serif">{2}</svg>)",
        width,
        height,
        std::move(writer).text()
    );
}

}  // namespace thidua::reports::pdf
