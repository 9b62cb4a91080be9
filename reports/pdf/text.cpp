// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/pdf/text.hpp"

#include "core/result.hpp"
#include "reports/pdf/fonts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace thidua::reports::pdf {
namespace {

constexpr float line_spacing = 1.12F;  // beyond the font's own, "single to 1.5"

double points(int units) {
    return static_cast<double>(units) / PANGO_SCALE;
}

int units(double points) {
    return static_cast<int>(points * PANGO_SCALE);
}

struct FreeAttributes {
    void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};
using Attributes = std::unique_ptr<PangoAttrList, FreeAttributes>;

void add(PangoAttrList* list, PangoAttribute* attribute, std::size_t from, std::size_t to) {
    attribute->start_index = static_cast<guint>(from);
    attribute->end_index = static_cast<guint>(to);
    pango_attr_list_insert(list, attribute);
}

/// A part of "#rrggbb" in Pango's 16 bits.
guint16 channel_of(std::string_view colour, std::size_t at) {
    unsigned value = 0;
    (void)std::from_chars(colour.data() + at, colour.data() + at + 2, value, 16);
    return static_cast<guint16>(value * 0x101U);
}

PangoAlignment alignment(Align align) {
    switch (align) {
        case Align::Left:
        case Align::Justified:
            return PANGO_ALIGN_LEFT;
        case Align::Centre:
            return PANGO_ALIGN_CENTER;
        case Align::Right:
            return PANGO_ALIGN_RIGHT;
    }
    check(false, "alignment: a known Align");
    return PANGO_ALIGN_LEFT;
}

void fill(PangoLayout* layout, const Runs& runs, double size) {
    const Attributes attributes(pango_attr_list_new());
    PangoAttrList* list = attributes.get();
    std::string text;
    for (const Run& run : runs) {
        text += run.begins_line ? "\n" : "";
        const std::size_t from = text.size();
        text += printable(run.text);
        const std::size_t to = text.size();
        const std::string_view colour = run.colour;
        add(list,
            pango_attr_foreground_new(
                channel_of(colour, 1), channel_of(colour, 3), channel_of(colour, 5)
            ),
            from,
            to);
        if (run.is_bold) {
            add(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, to);
        }
        if (run.is_italic) {
            add(list, pango_attr_style_new(PANGO_STYLE_ITALIC), from, to);
        }
    }
    PangoFontDescription* font = pango_font_description_new();
    pango_font_description_set_family_static(font, font_family);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_attributes(layout, list);
    pango_layout_set_text(layout, text.c_str(), static_cast<int>(text.size()));
}

/// All that decides how wide runs are.
std::string name_of(const Runs& runs, double size) {
    std::string name = fmt::format("{}", size);
    for (const Run& run : runs) {
        name += run.is_bold ? "\x01" : "\x02";
        name += run.is_italic ? "\x01" : "\x02";
        name += run.begins_line ? "\x01" : "\x02";
        name += run.text;
    }
    return name;
}

}  // namespace

TextBox::TextBox(PangoLayout* layout, Runs runs, double size)
    : layout_(layout), runs_(std::move(runs)), size_(size) {
    PangoLayoutIter* at = pango_layout_get_iter(layout);
    do {
        PangoRectangle extents;
        pango_layout_iter_get_line_extents(at, nullptr, &extents);
        int top = 0;
        int bottom = 0;
        pango_layout_iter_get_line_yrange(at, &top, &bottom);
        lines_.push_back(
            {pango_layout_iter_get_line_readonly(at),
             points(extents.x),
             points(top),
             points(pango_layout_iter_get_baseline(at)),
             points(bottom)}
        );
    } while (pango_layout_iter_next_line(at) != 0);
    pango_layout_iter_free(at);
}

double TextBox::natural_width() const {
    PangoRectangle extents;
    pango_layout_get_extents(layout_.get(), nullptr, &extents);
    return points(extents.width);
}

Typesetter::Typesetter()
    : fonts_(pango_cairo_font_map_new()), context_(pango_font_map_create_context(fonts_.get())) {
    pango_cairo_font_map_set_resolution(
        reinterpret_cast<PangoCairoFontMap*>(fonts_.get()), 72  // a unit is a point
    );
    // Print, not a screen: without these small text looks letter-spaced.
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
    pango_context_set_language(context_.get(), pango_language_from_string("vi"));
    pango_context_set_base_dir(context_.get(), PANGO_DIRECTION_LTR);
}

Box Typesetter::set(const Runs& runs, const Look& look) const {
    PangoLayout* layout = pango_layout_new(context_.get());
    fill(layout, runs, look.size);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, units(look.width));
    pango_layout_set_line_spacing(layout, line_spacing);
    pango_layout_set_alignment(layout, alignment(look.align));
    pango_layout_set_justify(layout, look.align == Align::Justified ? TRUE : FALSE);
    pango_layout_set_indent(layout, units(look.indent));
    return std::make_shared<const TextBox>(layout, runs, look.size);
}

Typesetter::Widths Typesetter::measure(const Runs& runs, double size) const {
    const auto [place, is_new] = measured_.try_emplace(name_of(runs, size));
    if (!is_new) {
        return place->second;
    }
    const std::unique_ptr<PangoLayout, Unref> layout(pango_layout_new(context_.get()));
    fill(layout.get(), runs, size);
    pango_layout_set_auto_dir(layout.get(), FALSE);
    PangoRectangle natural;
    pango_layout_get_extents(layout.get(), nullptr, &natural);
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD);
    pango_layout_set_width(layout.get(), 0);
    PangoRectangle narrowest;
    pango_layout_get_extents(layout.get(), nullptr, &narrowest);
    place->second = {points(narrowest.width), points(natural.width)};
    return place->second;
}

}  // namespace thidua::reports::pdf
