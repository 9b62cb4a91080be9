// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/picture.hpp"

#include "reports/pdf/fonts.hpp"
#include "reports/pdf/surface.hpp"
#include "reports/pdf/svg.hpp"
#include "reports/pdf/trend.hpp"
#include "reports/trend.hpp"

#include <span>

namespace thidua::reports {
namespace {

void draw_all(const pdf::Surface& surface, std::span<const pdf::Item> items) {
    const pdf::Cairo cairo(cairo_create(surface.get()));
    for (const pdf::Item& item : items) {
        pdf::draw(cairo.get(), item);
    }
}

Result<std::string> draw_png(std::span<const pdf::Item> items) {
    constexpr int sharpness = 2;  // of the screens of phones
    const pdf::Surface surface(cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, picture_width * sharpness, picture_height * sharpness
    ));
    cairo_surface_set_device_scale(surface.get(), sharpness, sharpness);
    const pdf::Fill paper{0, 0, picture_width, picture_height, style::paper};
    draw_all(surface, {{pdf::Item{paper}}});
    draw_all(surface, items);
    std::string file;
    auto drawn = pdf::check_status(
        "picture", cairo_surface_write_to_png_stream(surface.get(), pdf::append_bytes, &file)
    );
    return drawn ? Result<std::string>(std::move(file)) : std::unexpected(drawn.error());
}

Result<Picture> draw_picture(const pdf::Typesetter& typesetter, const TrendChart& chart) {
    const std::vector<pdf::Item> items =
        pdf::trend_items(typesetter, chart, {4, 2, picture_width - 8, picture_height - 4});
    auto png = draw_png(items);
    if (!png) {
        return std::unexpected(png.error());
    }
    return Picture{
        pdf::svg_of(items, picture_width, picture_height), *std::move(png), describe(chart)};
}

}  // namespace

Result<std::vector<Picture>> draw_pictures(const Document& document) {
    std::vector<Picture> pictures;
    if (auto loaded = pdf::load_fonts(); !loaded) {
        return std::unexpected(loaded.error());
    }
    const pdf::Typesetter typesetter;
    for (const Block& block : document.blocks) {
        if (const auto* chart = std::get_if<TrendChart>(&block)) {
            auto picture = draw_picture(typesetter, *chart);
            if (!picture) {
                return std::unexpected(picture.error());
            }
            pictures.push_back(*std::move(picture));
        }
    }
    return pictures;
}

}  // namespace thidua::reports
