// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/pdf/flow.hpp"

#include <algorithm>

namespace thidua::reports::pdf {
namespace {

constexpr double above_heading = 12;
constexpr double below_heading = 4;
constexpr double sheet_padding = 6;
constexpr double sheet_edge = 3;

/// The height of a stretch of lines.
double height_of(const TextBox& box, std::size_t from, std::size_t to) {
    return from == to ? 0 : box.lines()[to - 1].bottom - box.lines()[from].top;
}

/// Where to break a text of `all` lines of which `fit` fit: no line is left alone on either page.
std::size_t break_at(std::size_t fit, std::size_t all) {
    if (fit >= all) {
        return all;
    }
    if (all - fit == 1) {
        --fit;
    }
    return fit < 2 ? 0 : fit;
}

}  // namespace

std::size_t lines_that_fit(const TextBox& box, std::size_t from, double height) {
    std::size_t to = from;
    while (to < box.lines().size() && height_of(box, from, to + 1) <= height) {
        ++to;
    }
    return to - from;
}

void Flow::turn(bool is_landscape) {
    if (pages_.back().is_landscape == is_landscape) {
        return;
    }
    if (pages_.back().items.empty()) {
        pages_.back().is_landscape = is_landscape;
        return;
    }
    pages_.push_back({is_landscape, {}});
    y_ = margin_top;
}

void Flow::new_page() {
    pages_.push_back({pages_.back().is_landscape, {}});
    y_ = margin_top;
}

void Flow::skip(double points) {
    if (!is_at_top() && waiting_.empty()) {
        y_ += points;
    }
}

void Flow::head(Box box, std::string title) {
    waiting_.push_back({std::move(box), std::move(title)});
}

bool Flow::reserve(double height) {
    double needed = height;
    for (const Waiting& one : waiting_) {
        needed += above_heading + one.box->height() + below_heading;
    }
    const bool is_new = needed > room() && !is_at_top();
    if (is_new) {
        new_page();
    }
    place_waiting();
    return is_new;
}

void Flow::place_waiting() {
    for (const Waiting& one : std::exchange(waiting_, {})) {
        skip(above_heading);
        add(Bookmark{one.title, y_});
        add(TagBegin{"H2"});
        add_lines(one.box, {0, one.box->lines().size()}, margin_left, y_);
        add(TagEnd{"H2"});
        y_ += one.box->height() + below_heading;
    }
}

void Flow::add_lines(
    const Box& box, std::pair<std::size_t, std::size_t> range, double x, double y
) {
    if (range.first == range.second) {
        return;
    }
    const double up = box->lines()[range.first].top;
    for (std::size_t line = range.first; line < range.second; ++line) {
        add(PlacedLine{box, line, x, y - up});
    }
}

void Flow::text(const Box& box, const char* tag, double indent, std::optional<Sheet> sheet) {
    const double padding = sheet ? sheet_padding : 0;
    const std::size_t all = box->lines().size();
    reserve(height_of(*box, 0, std::min<std::size_t>(all, 2)) + 2 * padding);
    for (std::size_t from = 0; from < all;) {
        const std::size_t fit = lines_that_fit(*box, from, room() - 2 * padding);
        std::size_t count = break_at(fit, all - from);
        if (count == 0 && !is_at_top()) {
            new_page();
            continue;
        }
        count = std::max<std::size_t>(count, 1);
        const double height = height_of(*box, from, from + count) + 2 * padding;
        if (sheet) {
            add(Fill{margin_left, y_, width(), height, sheet->colour});
            add(Fill{margin_left, y_, sheet_edge, height, sheet->edge});
        }
        add(TagBegin{tag});
        add_lines(box, {from, from + count}, margin_left + indent, y_ + padding);
        add(TagEnd{tag});
        y_ += height;
        from += count;
        if (from < all) {
            new_page();
        }
    }
}

std::vector<Page> Flow::pages() && {
    place_waiting();
    return std::move(pages_);
}

}  // namespace thidua::reports::pdf
