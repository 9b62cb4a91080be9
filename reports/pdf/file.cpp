// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/pdf/file.hpp"

#include "reports/pdf/surface.hpp"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace thidua::reports::pdf {
namespace {

constexpr double foot_size = 9;
constexpr double number_size = 13;

/// Draws what stands on a page, and notes what leads to it.
class Pen {
  public:
    Pen(cairo_t* cairo, cairo_surface_t* surface) : cairo_(cairo), surface_(surface) {}

    void operator()(const Item& item) {
        draw(cairo_, item);
        if (const auto* mark = std::get_if<Bookmark>(&item)) {
            add(*mark);
        }
    }

    void begin(const Page& page) {
        ++page_;
        const Paper size = paper(page.is_landscape);
        cairo_pdf_surface_set_size(surface_, size.width, size.height);
    }

    [[nodiscard]] int page() const { return page_; }

  private:
    void add(const Bookmark& mark) {
        const std::string place =
            fmt::format("page={} pos=[{:.2f} {:.2f}]", page_, margin_left, mark.y);
        cairo_pdf_surface_add_outline(
            surface_,
            CAIRO_PDF_OUTLINE_ROOT,
            mark.title.c_str(),
            place.c_str(),
            CAIRO_PDF_OUTLINE_FLAG_OPEN
        );
    }

    cairo_t* cairo_;
    cairo_surface_t* surface_;
    int page_ = 0;
};

void draw_box(Pen& pen, const Box& box, double x, double y) {
    for (std::size_t line = 0; line < box->lines().size(); ++line) {
        pen(PlacedLine{box, line, x, y});
    }
}

/// The number over all pages but the first, as NĐ 30/2020 has it, and a line at the foot. They
/// carry no tag: whoever listens hears the report alone.
void draw_margins(
    Pen& pen, const Page& page, std::size_t pages, const Typesetter& set, const std::string& title
) {
    const double width = content_width(page.is_landscape);
    const Paper sheet = paper(page.is_landscape);
    if (pen.page() > 1) {
        draw_box(
            pen,
            set.set({{std::to_string(pen.page())}}, {number_size, width, Align::Centre, 0}),
            margin_left,
            points_of_mm(9)
        );
    }
    const double top = sheet.height - points_of_mm(14);
    pen(Fill{margin_left, top, width, 0.5, style::line});
    const std::string number = fmt::format("Trang {}/{}", pen.page(), pages);
    const Box right =
        set.set({{number, false, false, style::quiet}}, {foot_size, width, Align::Right, 0});
    const Box left = set.set(
        {{title, false, false, style::quiet}},
        {foot_size, width - right->natural_width() - 12, Align::Left, 0}
    );
    // One line of it: the foot is no place for more.
    pen(PlacedLine{left, 0, margin_left, top + 3});
    draw_box(pen, right, margin_left, top + 3);
}

void set_facts(cairo_surface_t* surface, const FileFacts& facts) {
    const auto set = [&](cairo_pdf_metadata_t what, const std::string& text) {
        cairo_pdf_surface_set_metadata(surface, what, text.c_str());
    };
    set(CAIRO_PDF_METADATA_TITLE, facts.title);
    set(CAIRO_PDF_METADATA_AUTHOR, facts.author);
    set(CAIRO_PDF_METADATA_CREATOR, "thidua");
    // Cairo would ask the clock.
    set(CAIRO_PDF_METADATA_CREATE_DATE, to_text(facts.created_at));
}

/// Says what Cairo 1.16 has no function for: the file's language, that it is tagged throughout, and
/// that its title is the one to show. The catalogue is the last object of the file, so that only
/// the place of the table behind it moves. Nothing if the file looks otherwise.
std::optional<std::string> with_language(std::string file) {
    constexpr std::string_view type = "/Type /Catalog";
    constexpr std::string_view said =
        "\n   /Lang (vi)\n   /MarkInfo << /Marked true >>"
        "\n   /ViewerPreferences << /DisplayDocTitle true >>";
    constexpr std::string_view start = "startxref\n";
    const std::size_t catalogue = file.rfind(type);
    const std::size_t table = file.rfind(start);
    if (catalogue == std::string::npos || table == std::string::npos || table < catalogue) {
        return std::nullopt;
    }
    std::size_t place = 0;
    const char* digits = file.data() + table + start.size();
    const auto read = std::from_chars(digits, file.data() + file.size(), place);
    if (read.ec != std::errc{} || place < catalogue || place > table ||
        !std::string_view(file).substr(place).starts_with("xref")) {
        return std::nullopt;
    }
    const auto from = static_cast<std::size_t>(digits - file.data());
    const auto length = static_cast<std::size_t>(read.ptr - digits);
    file.replace(from, length, std::to_string(place + said.size()));
    file.insert(catalogue + type.size(), said);
    return file;
}

}  // namespace

Result<std::string> draw(
    const std::vector<Page>& pages,
    const FileFacts& facts,
    const Typesetter& typesetter,
    const std::string& running_title
) {
    std::string file;
    const Paper first = paper(pages.front().is_landscape);
    const Surface surface(
        cairo_pdf_surface_create_for_stream(append_bytes, &file, first.width, first.height)
    );
    set_facts(surface.get(), facts);
    const Cairo cairo(cairo_create(surface.get()));
    Pen pen(cairo.get(), surface.get());
    for (const Page& page : pages) {
        pen.begin(page);
        for (const Item& item : page.items) {
            pen(item);
        }
        draw_margins(pen, page, pages.size(), typesetter, running_title);
        cairo_show_page(cairo.get());
    }
    cairo_status_t status = cairo_status(cairo.get());
    cairo_surface_finish(surface.get());
    status = status == CAIRO_STATUS_SUCCESS ? cairo_surface_status(surface.get()) : status;
    if (auto drawn = check_status("PDF", status); !drawn) {
        return std::unexpected(drawn.error());
    }
    auto told = with_language(std::move(file));
    if (!told) {
        return fail(ErrorKind::Io, "PDF: this version of Cairo writes files of another form");
    }
    return *std::move(told);
}

}  // namespace thidua::reports::pdf
