// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/mail_text.hpp"

#include "reports/bar.hpp"
#include "reports/format.hpp"
#include "reports/phrases.hpp"
#include "reports/trend.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports {
namespace {

constexpr std::string_view whitespace = " \t\r\n\v\f";

/// `text`, filled up with spaces to `width` columns.
std::string pad(std::string text, std::size_t width) {
    const std::size_t used = text_width(text);
    return text.append(width > used ? width - used : 0, ' ');
}

struct CellText {
    std::string operator()(const Empty&) const { return ""; }
    std::string operator()(const Text& cell) const { return cell.text; }
    std::string operator()(const Count& cell) const { return format_count(cell.value); }
    std::string operator()(const Percent& cell) const {
        std::string text = verdict_and_value(cell);
        if (cell.counts && cell.counts->denominator > 0) {
            text += " (" + format_counts(*cell.counts) + ")";
        }
        const std::string mark = format_mark(cell);
        return mark.empty() ? text : text + " " + mark;
    }
    std::string operator()(const Change& cell) const {
        return is_comparable(cell) ? format_change(cell) : "–";
    }
    std::string operator()(const Freshness& cell) const { return format_freshness(cell); }
    std::string operator()(const Moment& cell) const {
        return cell.at ? format_instant(*cell.at) : "–";
    }
};

/// The cells of a row, each under its column's title: side by side where they fit, else below
/// each other.
std::string cell_lines(const Table& table, const Table::Row& row) {
    constexpr std::string_view indent = "    ";
    std::string side_by_side;
    std::string stacked;
    std::size_t widest = 0;
    for (const std::string& column : table.columns) {
        widest = std::max(widest, text_width(column));
    }
    for (std::size_t at = 0; at < row.cells.size(); ++at) {
        const std::string text = std::visit(CellText{}, row.cells[at]);
        const std::string& column = table.columns[at];
        side_by_side += (at == 0 ? "" : "; ") + column + ": " + text;
        const std::string head = fmt::format("{}{}  ", indent, pad(column + ":", widest + 1));
        // Only words are broken: a figure with both counts stays in one line.
        stacked += std::holds_alternative<Text>(row.cells[at])
                       ? wrap_text(text, head, std::string(text_width(head), ' '))
                       : head + text + "\n";
    }
    if (row.cells.size() <= 2 && text_width(indent) + text_width(side_by_side) <= text_columns) {
        return fmt::format("{}{}\n", indent, side_by_side);
    }
    return stacked;
}

/// "[=======|....]": filled as far as the figure goes, with a stroke at the target.
std::string draw_bar(const Percent& percent) {
    constexpr int columns = 40;
    std::string bar(columns, '.');
    if (!has_bar(percent)) {
        return "[" + bar + "]";
    }
    const auto [filled, goal] = bar_steps(percent, columns);
    std::fill_n(bar.begin(), filled, '=');
    if (goal) {
        bar.insert(static_cast<std::size_t>(*goal), 1, '|');
    }
    return "[" + bar + "]";
}

/// Behind the word at `at`: a figure stays on one line with its per cent sign.
std::size_t end_of_word(std::string_view text, std::size_t at) {
    std::size_t end = std::min(text.find_first_of(whitespace, at), text.size());
    while (text.substr(end).starts_with(" %")) {
        end = std::min(text.find_first_of(whitespace, end + 1), text.size());
    }
    return end;
}

/// Writes block after block; one overload per kind of block.
class TextWriter {
  public:
    void operator()(const Notice& notice) {
        out_ += wrap_text("[" + notice.label + "] " + notice.text, "", "") + "\n";
    }

    void operator()(const Headline& headline) {
        out_ += wrap_text(headline.text, "=> ", "   ") + "\n";
    }

    void operator()(const Heading& heading) {
        const std::string lines = wrap_text(heading.text, "", "");
        const std::size_t width = std::min(text_width(heading.text), text_columns);
        out_ += "\n" + lines + std::string(width, '-') + "\n";
    }

    void operator()(const Paragraph& paragraph) { out_ += wrap_text(paragraph.text, "", ""); }

    void operator()(const Note& note) { out_ += "\n" + wrap_text(note.text, "", ""); }

    void operator()(const Bullets& bullets) {
        for (const Bullets::Item& item : bullets.items) {
            const std::string label = item.label.empty() ? "" : item.label + ": ";
            out_ += wrap_text(label + item.text, "- ", "  ");
        }
    }

    void operator()(const Request& request) {
        out_ += "\n" + wrap_text(request.text, ">> ĐỀ NGHỊ: ", "   ");
    }

    void operator()(const KeyFigures& block) {
        std::size_t widest = 0;
        for (const KeyFigure& figure : block.figures) {
            widest = std::max(widest, text_width(figure.name));
        }
        for (const KeyFigure& figure : block.figures) {
            const std::string name = pad(figure.name, widest) + "  ";
            out_ += wrap_text(format_value(figure.value), name, "");
            for (const std::string& line :
                 {join(figure_phrases(figure), "; "),
                  capitalise(change_phrase(figure)),
                  gap_phrase(figure.gap)}) {
                out_ += line.empty() ? "" : wrap_text(line, "    ", "    ");
            }
        }
    }

    void operator()(const BelowTarget& block) {
        for (const BelowTarget::Unit& unit : block.units) {
            out_ += wrap_text(unit.name, "- ", "  ");
            for (const Shortfall& shortfall : unit.shortfalls) {
                out_ += wrap_text(
                    fmt::format(
                        "{} {}: {}",
                        shortfall.indicator,
                        value_and_mark(shortfall.value),
                        shortfall_phrase(shortfall)
                    ),
                    "    ",
                    "    "
                );
            }
        }
        if (block.hidden > 0) {
            out_ += wrap_text(hidden_phrase(block.hidden), "- ", "  ");
        }
    }

    void operator()(const Table& table) {
        for (const Table::Row& row : table.rows) {
            if (row.kind == Table::RowKind::Group) {
                out_ += wrap_text(row.label + ":", "", "");
                continue;
            }
            const std::string rank = row.rank ? fmt::format("{:>2}. ", *row.rank) : " -  ";
            out_ += wrap_text(row.label, rank, "    ") + cell_lines(table, row);
        }
    }

    void operator()(const BarChart& chart) {
        std::size_t widest = 0;
        for (const BarChart::Bar& bar : chart.bars) {
            widest = std::max(widest, text_width(verdict_and_value(bar.value)));
        }
        for (const BarChart::Bar& bar : chart.bars) {
            const std::string value = pad(verdict_and_value(bar.value), widest);
            out_ += wrap_text(bar.label, "- ", "  ") + "    " + draw_bar(bar.value) + " " + value;
            out_.erase(out_.find_last_not_of(' ') + 1);
            out_ += "\n";
        }
    }

    void operator()(const TrendChart& chart) {
        out_ += wrap_text(chart.name + ". " + describe(chart), "- ", "  ");
    }

    void operator()(const DefinitionList& list) {
        for (const DefinitionList::Item& item : list.items) {
            out_ += wrap_text(item.term + ": " + item.text, "- ", "  ");
        }
    }

    void operator()(const Recipients& recipients) {
        out_ += "\nNơi nhận:\n";
        for (const std::string& line : recipient_lines(recipients)) {
            out_ += wrap_text(line, "", "  ");
        }
    }

    void head(const Document& document) {
        out_ += wrap_text(document.organisation, "", "");
        out_ += wrap_text(document.title, "", "");
        out_ += wrap_text(document.period, "", "") + "\n";
    }

    [[nodiscard]] std::string text() && { return std::move(out_); }

  private:
    std::string out_;
};

}  // namespace

std::size_t text_width(std::string_view text) {
    const auto is_first_byte = [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    };
    return static_cast<std::size_t>(std::ranges::count_if(text, is_first_byte));
}

std::string wrap_text(std::string_view text, std::string_view first, std::string_view rest) {
    std::string lines;
    std::string line(first);
    bool is_started = false;
    std::size_t at = text.find_first_not_of(whitespace);
    while (at != std::string_view::npos) {
        const std::size_t end = end_of_word(text, at);
        const std::string_view word = text.substr(at, end - at);
        if (is_started && text_width(line) + 1 + text_width(word) > text_columns) {
            lines += line + "\n";
            line = rest;
            is_started = false;
        }
        line += is_started ? " " : "";
        line += word;
        is_started = true;
        at = text.find_first_not_of(whitespace, end);
    }
    return lines + line + "\n";
}

std::string render_text(const Document& document) {
    TextWriter writer;
    writer.head(document);
    for (const Block& block : document.blocks) {
        std::visit(writer, block);
    }
    return std::move(writer).text();
}

}  // namespace thidua::reports
