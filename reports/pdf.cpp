// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/pdf.hpp"

#include "reports/format.hpp"
#include "reports/pdf/chart.hpp"
#include "reports/pdf/file.hpp"
#include "reports/pdf/flow.hpp"
#include "reports/pdf/fonts.hpp"
#include "reports/pdf/table.hpp"
#include "reports/pdf/trend.hpp"
#include "reports/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace thidua::reports {
namespace {

using namespace pdf;

constexpr double body_size = 13;
constexpr double small_size = 11;
constexpr double title_size = 16;
constexpr double paragraph_gap = 6;
constexpr double first_line = points_of_mm(10);
constexpr double hanging = 12;

/// Sets block after block; one overload per kind of block.
class PdfWriter {
  public:
    explicit PdfWriter(const Typesetter& typesetter) : set_(typesetter) {}

    void operator()(const Notice& notice) {
        const NoticeColours colours = colours_of(notice.level);
        flow_.skip(paragraph_gap);
        on_sheet(
            {{notice.label + "  ", true, false, colours.label}, {notice.text}},
            {colours.paper, colours.label}
        );
    }

    void operator()(const Headline& headline) {
        flow_.skip(paragraph_gap);
        flow_.text(box({{headline.text, true, false, colour_of(headline.tone)}}, 14), "P");
    }

    void operator()(const Heading& heading) {
        flow_.head(box({{heading.text, true, false, style::navy}}, body_size), heading.text);
    }

    void operator()(const Paragraph& paragraph) {
        flow_.skip(paragraph_gap);
        flow_.text(
            set_.set({{paragraph.text}}, {body_size, flow_.width(), Align::Justified, first_line}),
            "P"
        );
    }

    void operator()(const Note& note) {
        flow_.skip(paragraph_gap);
        flow_.text(box({{note.text, false, true, style::quiet}}, small_size), "P");
    }

    void operator()(const Bullets& bullets) {
        for (const Bullets::Item& item : bullets.items) {
            Runs runs = {{"- "}};
            if (!item.label.empty()) {
                runs.push_back({item.label + ": ", true});
            }
            runs.push_back({item.text});
            flow_.skip(paragraph_gap / 2);
            flow_.text(set_.set(runs, {body_size, flow_.width(), Align::Left, -hanging}), "P");
        }
    }

    void operator()(const Request& request) {
        flow_.skip(2 * paragraph_gap);
        on_sheet(
            {{"ĐỀ NGHỊ  ", true, false, style::navy}, {request.text, true}},
            {style::calm_paper, style::navy}
        );
    }

    void operator()(const KeyFigures& block) {
        for (const KeyFigure& figure : block.figures) {
            add(figure);
        }
    }

    void operator()(const BelowTarget& block) {
        for (const BelowTarget::Unit& unit : block.units) {
            add(unit);
        }
        if (block.hidden > 0) {
            flow_.text(
                box({{hidden_phrase(block.hidden), false, false, style::quiet}}, small_size), "P"
            );
        }
    }

    void operator()(const Table& table) {
        flow_.skip(paragraph_gap);
        lay_out(flow_, set_, table);
    }

    void operator()(const BarChart& chart) {
        flow_.skip(paragraph_gap);
        lay_out(flow_, set_, chart);
    }

    void operator()(const TrendChart& chart) {
        constexpr double height = 105;
        flow_.skip(paragraph_gap);
        flow_.reserve(height);
        flow_.add(TagBegin{"Figure"});
        for (Item& item :
             trend_items(set_, chart, {margin_left, flow_.y(), flow_.width(), height})) {
            flow_.add(std::move(item));
        }
        flow_.add(TagEnd{"Figure"});
        flow_.advance(height);
    }

    void operator()(const DefinitionList& list) {
        for (const DefinitionList::Item& item : list.items) {
            flow_.skip(paragraph_gap);
            flow_.text(
                set_.set(
                    {{item.term + ". ", true}, {item.text}},
                    {small_size, flow_.width(), Align::Justified, 0}
                ),
                "P"
            );
        }
    }

    void operator()(const Recipients& recipients) {
        flow_.skip(2 * paragraph_gap);
        const Box label = box({{"Nơi nhận:", true, true}}, 12);
        // The label does not stay behind when its list goes to the next page.
        flow_.reserve(label->height() + 2 * small_size);
        flow_.text(label, "P");
        for (const std::string& line : recipient_lines(recipients)) {
            flow_.text(box({{line}}, small_size), "P");
        }
    }

    void head(const Document& document) {
        const Box organisation = box({{document.organisation, true}}, body_size);
        flow_.text(organisation, "P");
        flow_.add(Fill{
            margin_left, flow_.y() + 2, organisation->natural_width() / 2, 0.7, style::ink});
        flow_.skip(18);
        flow_.add(Bookmark{document.title, flow_.y()});
        flow_.text(centred({{document.title, true}}, title_size), "H1");
        flow_.text(centred({{document.period, false, true}}, body_size), "P");
        flow_.skip(paragraph_gap);
    }

    /// A section with a wide table lies on its side.
    void section(std::span<const Block> blocks) {
        flow_.turn(std::ranges::any_of(blocks, [this](const Block& block) {
            const auto* table = std::get_if<Table>(&block);
            return table != nullptr && needs_landscape(set_, *table);
        }));
        for (const Block& block : blocks) {
            std::visit(*this, block);
        }
    }

    [[nodiscard]] std::vector<Page> pages() && { return std::move(flow_).pages(); }

  private:
    [[nodiscard]] Box box(const Runs& runs, double size) const {
        return set_.set(runs, {size, flow_.width(), Align::Left, 0});
    }

    [[nodiscard]] Box centred(const Runs& runs, double size) const {
        return set_.set(runs, {size, flow_.width(), Align::Centre, 0});
    }

    void on_sheet(const Runs& runs, const Sheet& sheet) {
        constexpr double inset = 10;
        flow_.text(
            set_.set(runs, {body_size, flow_.width() - 2 * inset, Align::Left, 0}),
            "P",
            inset,
            sheet
        );
    }

    /// `left` and `right` side by side.
    void add_pair(const Box& left, const Box& right) {
        const double height = std::max(left->height(), right->height());
        flow_.reserve(height);
        flow_.add(TagBegin{"P"});
        flow_.add_lines(
            left, {0, left->lines().size()}, margin_left, flow_.y() + height - left->height()
        );
        flow_.add(TagEnd{"P"});
        flow_.add(TagBegin{"P"});
        flow_.add_lines(
            right, {0, right->lines().size()}, margin_left, flow_.y() + height - right->height()
        );
        flow_.add(TagEnd{"P"});
        flow_.advance(height);
    }

    void add(const KeyFigure& figure) {
        const double width = flow_.width();
        const Box name = set_.set({{figure.name, true}}, {body_size, width * 0.7, Align::Left, 0});
        const Box value = set_.set(
            {{format_value(figure.value), true, false, colour_of(figure.value)}},
            {20, width, Align::Right, 0}
        );
        Runs words = {{join(figure_phrases(figure), " · "), false, false, style::quiet}};
        if (const std::string change = change_phrase(figure); !change.empty()) {
            words.push_back({capitalise(change), false, false, colour_of(*figure.change), true});
        }
        if (const std::string gap = gap_phrase(figure.gap); !gap.empty()) {
            words.push_back({gap, true, false, style::ink, true});
        }
        const Box phrases = box(words, small_size);
        constexpr double bar_room = 14;
        constexpr double bar_height = 6;
        flow_.skip(paragraph_gap);
        flow_.reserve(name->height() + value->height() + bar_room + phrases->height());
        add_pair(name, value);
        add_bar(
            flow_,
            figure.value,
            {margin_left, flow_.y() + 4, width, bar_height, colour_of(figure.value)}
        );
        flow_.advance(bar_room);
        flow_.text(phrases, "P");
    }

    void add(const BelowTarget::Unit& unit) {
        const double width = flow_.width();
        const Box name = box({{unit.name, true}}, body_size);
        flow_.skip(paragraph_gap / 2);
        flow_.reserve(name->height() + 2 * small_size);
        flow_.text(name, "P");
        for (const Shortfall& shortfall : unit.shortfalls) {
            add_pair(
                set_.set(
                    {{shortfall.indicator + " " + value_and_mark(shortfall.value)}},
                    {small_size, width * 0.6, Align::Left, 0}
                ),
                set_.set(
                    {{shortfall_phrase(shortfall), false, false, style::bad}},
                    {small_size, width, Align::Right, 0}
                )
            );
        }
    }

    const Typesetter& set_;
    Flow flow_;
};

/// Calls `give` with each stretch of blocks that a heading begins.
template <class Give>
void for_each_section(std::span<const Block> blocks, Give give) {
    while (!blocks.empty()) {
        std::size_t end = 1;
        while (end < blocks.size() && !std::holds_alternative<Heading>(blocks[end])) {
            ++end;
        }
        give(blocks.first(end));
        blocks = blocks.subspan(end);
    }
}

}  // namespace

Result<void> check_pdf_fonts() {
    return load_fonts();
}

Result<std::string> render_pdf(const Document& document) {
    if (auto loaded = load_fonts(); !loaded) {
        return std::unexpected(loaded.error());
    }
    const Typesetter typesetter;
    PdfWriter writer(typesetter);
    writer.head(document);
    for_each_section(document.blocks, [&](std::span<const Block> section) {
        writer.section(section);
    });
    return draw(
        std::move(writer).pages(),
        {document.subject, document.organisation, document.known_at},
        typesetter,
        fmt::format("{} · {}", document.organisation, document.title)
    );
}

}  // namespace thidua::reports
