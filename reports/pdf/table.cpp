// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/pdf/table.hpp"

#include "reports/format.hpp"
#include "reports/phrases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace thidua::reports::pdf {
namespace {

constexpr double text_size = 11;
constexpr double padding_x = 4;
constexpr double padding_y = 3;
constexpr double stroke = 0.5;
/// A column of text is readable from here on, even if all its words are shorter.
constexpr double readable_label = 130;
constexpr double readable_cell = 70;

using Widths = std::vector<double>;

struct CellRuns {
    Runs operator()(const Empty&) const { return {}; }
    Runs operator()(const Text& cell) const { return {{cell.text}}; }
    Runs operator()(const Count& cell) const { return {{format_count(cell.value)}}; }

    Runs operator()(const Percent& cell) const {
        Runs runs = {{verdict_and_value(cell), true, false, colour_of(cell)}};
        if (cell.counts && cell.counts->denominator > 0) {
            runs.push_back({format_counts(*cell.counts), false, false, style::ink, true});
        }
        if (const std::string mark = format_mark(cell); !mark.empty()) {
            runs.push_back({mark, false, false, style::open, true});
        }
        return runs;
    }

    Runs operator()(const Change& cell) const {
        return {{is_comparable(cell) ? format_change(cell) : "–", false, false, colour_of(cell)}};
    }
    Runs operator()(const Freshness& cell) const {
        return {{format_freshness(cell), false, false, colour_of(cell)}};
    }
    Runs operator()(const Moment& cell) const {
        return {{cell.at ? format_instant(*cell.at) : "–"}};
    }
};

/// Figures stand right, so that their digits stand under each other.
bool is_figure(const Cell& cell) {
    return std::holds_alternative<Count>(cell) || std::holds_alternative<Percent>(cell) ||
           std::holds_alternative<Change>(cell);
}

/// A row as it is set: a cell for the rank if the table has ranks, then the label, then the rest.
struct SetCell {
    Runs runs;
    Align align = Align::Left;
    const char* tag = "TD";
};

using SetRow = std::vector<SetCell>;

class TableLayout {
  public:
    TableLayout(const Typesetter& typesetter, const Table& table)
        : set_(typesetter),
          table_(table),
          has_ranks_(std::ranges::any_of(table.rows, [](auto& row) { return row.rank.has_value(); })
          ) {
        measure();
    }

    /// What the columns need to be readable.
    [[nodiscard]] double needed() const {
        double sum = 0;
        for (std::size_t at = 0; at < narrowest_.size(); ++at) {
            const double readable = at == label_column() ? readable_label : readable_cell;
            sum += std::max(narrowest_[at], std::min(natural_[at], readable));
        }
        return sum;
    }

    void place(Flow& flow) {
        share_out(flow.width());
        const std::vector<Box> head = set(head_row());
        const double head_height = height_of(head);
        for (std::size_t at = 0; at < table_.rows.size(); ++at) {
            const Table::Row& row = table_.rows[at];
            const std::vector<Box> boxes = set(cells_of(row));
            double needed = std::min(height_of(boxes), flow.page_height() - head_height);
            if (row.kind == Table::RowKind::Group && at + 1 < table_.rows.size()) {
                needed += height_of(set(cells_of(table_.rows[at + 1])));
            }
            const bool is_first = at == 0;
            if (is_first) {
                flow.reserve(head_height + needed);
            } else if (needed > flow.room()) {
                end_part(flow);
                flow.new_page();
            }
            if (is_first || flow.is_at_top()) {
                begin_part(flow, head, head_height);
            }
            place_row(flow, row, boxes, head);
        }
        end_part(flow);
    }

  private:
    [[nodiscard]] std::size_t label_column() const { return has_ranks_ ? 1 : 0; }

    [[nodiscard]] SetRow head_row() const {
        SetRow row;
        const auto add = [&row](const std::string& title) {
            row.push_back({{{title, true}}, Align::Centre, "TH"});
        };
        if (has_ranks_) {
            add("Hạng");
        }
        add(table_.label_title);
        std::ranges::for_each(table_.columns, add);
        return row;
    }

    [[nodiscard]] SetRow cells_of(const Table::Row& row) const {
        const bool is_bold = row.kind != Table::RowKind::Plain;
        if (row.kind == Table::RowKind::Group) {
            return {{{{row.label, true, false, style::navy}}, Align::Left, "TH"}};
        }
        SetRow cells;
        if (has_ranks_) {
            cells.push_back({{{row.rank ? std::to_string(*row.rank) : ""}}, Align::Centre, "TD"});
        }
        cells.push_back({{{row.label, is_bold}}, Align::Left, "TH"});
        for (const Cell& cell : row.cells) {
            cells.push_back(
                {std::visit(CellRuns{}, cell), is_figure(cell) ? Align::Right : Align::Left, "TD"}
            );
        }
        return cells;
    }

    void note_widths(const SetRow& row) {
        for (std::size_t at = 0; at < row.size(); ++at) {
            const auto widths = set_.measure(row[at].runs, text_size);
            // A hair more than measured, or rounding breaks the very word.
            const double around = 2 * padding_x + 0.5;
            narrowest_[at] = std::max(narrowest_[at], widths.narrowest + around);
            natural_[at] = std::max(natural_[at], widths.natural + around);
        }
    }

    void measure() {
        const SetRow head = head_row();
        narrowest_.resize(head.size());
        natural_.resize(head.size());
        note_widths(head);
        natural_ = narrowest_;  // titles may break: what the columns hold decides
        for (const Table::Row& row : table_.rows) {
            if (row.kind != Table::RowKind::Group) {
                note_widths(cells_of(row));
            }
        }
    }

    /// Gives each column what it must have, then shares the rest out equally until a column has all
    /// that it would like; what nobody needs is the label's.
    void share_out(double width) {
        const double must = std::accumulate(narrowest_.begin(), narrowest_.end(), 0.0);
        widths_ = narrowest_;
        if (must >= width) {
            for (double& one : widths_) {
                one *= width / must;
            }
            return;
        }
        std::vector<std::size_t> order(widths_.size());
        std::iota(order.begin(), order.end(), 0);
        const auto wish = [this](std::size_t at) { return natural_[at] - narrowest_[at]; };
        std::ranges::stable_sort(order, {}, wish);
        double rest = width - must;
        for (std::size_t done = 0; done < order.size(); ++done) {
            const double share = rest / static_cast<double>(order.size() - done);
            const double more = std::min(wish(order[done]), share);
            widths_[order[done]] += more;
            rest -= more;
        }
        widths_[label_column()] += rest;
    }

    /// A row of one cell goes over all columns.
    [[nodiscard]] std::vector<Box> set(const SetRow& row) const {
        const double all = std::accumulate(widths_.begin(), widths_.end(), 0.0);
        std::vector<Box> boxes;
        for (std::size_t at = 0; at < row.size(); ++at) {
            const double width = row.size() < widths_.size() ? all : widths_[at];
            boxes.push_back(set_.set(
                row[at].runs, {text_size, std::max(width - 2 * padding_x, 1.0), row[at].align, 0}
            ));
        }
        return boxes;
    }

    static double height_of(const std::vector<Box>& boxes) {
        double height = 0;
        for (const Box& box : boxes) {
            height = std::max(height, box->height());
        }
        return height + 2 * padding_y;
    }

    void begin_part(Flow& flow, const std::vector<Box>& head, double height) const {
        flow.add(TagBegin{"Table"});
        flow.add(Fill{margin_left, flow.y(), flow.width(), height, style::calm_paper});
        flow.add(Fill{margin_left, flow.y(), flow.width(), stroke, style::quiet});
        const std::vector<std::size_t> none(head.size(), 0);
        draw_row(flow, head_row(), head, none, lines_of(head));
        flow.advance(height);
        flow.add(Fill{margin_left, flow.y(), flow.width(), stroke, style::quiet});
    }

    static void end_part(Flow& flow) {
        flow.add(Fill{margin_left, flow.y(), flow.width(), stroke, style::quiet});
        flow.add(TagEnd{"Table"});
    }

    static std::vector<std::size_t> lines_of(const std::vector<Box>& boxes) {
        std::vector<std::size_t> lines;
        for (const Box& box : boxes) {
            lines.push_back(box->lines().size());
        }
        return lines;
    }

    /// The cells' lines from `from` to before `to`.
    void draw_row(
        Flow& flow,
        const SetRow& row,
        const std::vector<Box>& boxes,
        const std::vector<std::size_t>& from,
        const std::vector<std::size_t>& to
    ) const {
        flow.add(TagBegin{"TR"});
        double x = margin_left;
        for (std::size_t at = 0; at < boxes.size(); ++at) {
            flow.add(TagBegin{row[at].tag});
            flow.add_lines(boxes[at], {from[at], to[at]}, x + padding_x, flow.y() + padding_y);
            flow.add(TagEnd{row[at].tag});
            x += widths_[at];
        }
        flow.add(TagEnd{"TR"});
    }

    /// Over several pages only if it is higher than one.
    void place_row(
        Flow& flow,
        const Table::Row& row,
        const std::vector<Box>& boxes,
        const std::vector<Box>& head
    ) const {
        const SetRow cells = cells_of(row);
        const std::vector<std::size_t> all = lines_of(boxes);
        std::vector<std::size_t> from(boxes.size(), 0);
        while (true) {
            std::vector<std::size_t> to = from;
            double height = 0;
            for (std::size_t at = 0; at < boxes.size(); ++at) {
                const double room = flow.room() - 2 * padding_y;
                const std::size_t left = boxes[at]->lines().size() - from[at];
                // One at least, so that it ends even where no line fits under the head.
                const std::size_t fit = lines_that_fit(*boxes[at], from[at], room);
                to[at] += std::min(left, std::max<std::size_t>(fit, 1));
                if (to[at] > from[at]) {
                    const auto& lines = boxes[at]->lines();
                    height = std::max(height, lines[to[at] - 1].bottom - lines[from[at]].top);
                }
            }
            height += 2 * padding_y;
            if (row.kind != Table::RowKind::Plain) {
                flow.add(Fill{margin_left, flow.y(), flow.width(), height, style::shade});
            }
            draw_row(flow, cells, boxes, from, to);
            flow.advance(height);
            flow.add(Fill{margin_left, flow.y(), flow.width(), stroke, style::line});
            if (to == all) {
                return;
            }
            from = to;
            end_part(flow);
            flow.new_page();
            begin_part(flow, head, height_of(head));
        }
    }

    const Typesetter& set_;
    const Table& table_;
    bool has_ranks_;
    Widths narrowest_;
    Widths natural_;
    Widths widths_;
};

}  // namespace

bool needs_landscape(const Typesetter& typesetter, const Table& table) {
    return TableLayout(typesetter, table).needed() > content_width(false);
}

void lay_out(Flow& flow, const Typesetter& typesetter, const Table& table) {
    if (!table.rows.empty()) {
        TableLayout(typesetter, table).place(flow);
    }
}

}  // namespace thidua::reports::pdf
