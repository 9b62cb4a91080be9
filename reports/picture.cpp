// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/picture.hpp"

#include "reports/pdf/fonts.hpp"
#include "reports/pdf/surface.hpp"
#include "reports/pdf/svg.hpp"
#include "reports/pdf/trend.hpp"
#include "reports/trend.hpp"

#include <cairo.h>
#include <png.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace thidua::reports {
namespace {

void draw_all(const pdf::Surface& surface, std::span<const pdf::Item> items) {
    const pdf::Cairo cairo(cairo_create(surface.get()));
    for (const pdf::Item& item : items) {
        pdf::draw(cairo.get(), item);
    }
}

/// Blue, green and red of each pixel; Cairo keeps them as the low bytes of a word.
std::string pixels_of(cairo_surface_t* surface) {
    const auto width = static_cast<std::size_t>(cairo_image_surface_get_width(surface));
    const auto height = static_cast<std::size_t>(cairo_image_surface_get_height(surface));
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    const unsigned char* rows = cairo_image_surface_get_data(surface);
    std::string pixels(width * height * 3, '\0');
    char* out = pixels.data();
    for (std::size_t row = 0; row < height; ++row) {
        for (std::size_t column = 0; column < width; ++column) {
            std::uint32_t pixel = 0;
            std::memcpy(&pixel, rows + row * stride + column * sizeof pixel, sizeof pixel);
            *out++ = static_cast<char>(pixel & 0xFFU);
            *out++ = static_cast<char>(pixel >> 8U & 0xFFU);
            *out++ = static_cast<char>(pixel >> 16U & 0xFFU);
        }
    }
    return pixels;
}

/// Cairo's own function tries five filters on each row, which takes ten times as long and makes
/// nothing of flat areas smaller.
Result<std::string> encode_png(cairo_surface_t* surface) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(cairo_image_surface_get_width(surface));
    image.height = static_cast<png_uint_32>(cairo_image_surface_get_height(surface));
    image.format = PNG_FORMAT_BGR;
    image.flags = PNG_IMAGE_FLAG_FAST;
    const std::string pixels = pixels_of(surface);
    std::string file(PNG_IMAGE_PNG_SIZE_MAX(image), '\0');
    png_alloc_size_t size = file.size();
    if (png_image_write_to_memory(&image, file.data(), &size, 0, pixels.data(), 0, nullptr) == 0) {
        return fail(ErrorKind::Io, std::string("picture: ") + image.message);
    }
    file.resize(size);
    return file;
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
    cairo_surface_flush(surface.get());
    if (auto drawn = pdf::check_status("picture", cairo_surface_status(surface.get())); !drawn) {
        return std::unexpected(drawn.error());
    }
    return encode_png(surface.get());
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
