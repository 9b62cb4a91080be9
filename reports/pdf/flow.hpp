// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Fills pages from top to bottom.
#pragma once

#include "reports/pdf/page.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::reports::pdf {

/// The sheet under a text: what makes a notice look like one.
struct Sheet {
    std::string_view colour;
    std::string_view edge;  ///< of the stroke at its left
};

class Flow {
  public:
    /// The width between the margins of the page in hand.
    [[nodiscard]] double width() const { return content_width(pages_.back().is_landscape); }
    /// The height between them.
    [[nodiscard]] double page_height() const { return bottom() - margin_top; }
    /// Where the next thing goes.
    [[nodiscard]] double y() const { return y_; }
    /// What is left of the page.
    [[nodiscard]] double room() const { return bottom() - y_; }
    [[nodiscard]] bool is_at_top() const { return y_ <= margin_top; }

    /// What follows stands on pages of this orientation.
    void turn(bool is_landscape);
    void new_page();

    /// Leaves `points` empty; nothing at the top of a page.
    void skip(double points);

    /// A heading that stands on the page of whatever is reserved next.
    void head(Box box, std::string title);

    /// Goes to a new page unless `height` fits here, with the headings that wait. True if it did.
    bool reserve(double height);

    /// Of any kind that an Item can be.
    template <class Kind>
    void add(Kind item) {
        pages_.back().items.emplace_back(std::move(item));
    }
    /// Moves down.
    void advance(double height) { y_ += height; }

    /// Lines from `from` to before `to` of `box`, the first of them at `y`.
    void add_lines(const Box& box, std::pair<std::size_t, std::size_t> range, double x, double y);

    /// A text of its own, over several pages if it must, with two lines at least on each.
    void text(
        const Box& box,
        const char* tag,
        double indent = 0,
        std::optional<Sheet> sheet = std::nullopt
    );

    /// The pages, when everything is on them.
    [[nodiscard]] std::vector<Page> pages() &&;

  private:
    struct Waiting {
        Box box;
        std::string title;
    };

    [[nodiscard]] double bottom() const {
        return paper(pages_.back().is_landscape).height - margin_bottom;
    }
    void place_waiting();

    std::vector<Page> pages_ = {Page{}};
    std::vector<Waiting> waiting_;
    double y_ = margin_top;
};

/// How many lines of `box` from `from` on fit into `height`.
[[nodiscard]] std::size_t lines_that_fit(const TextBox& box, std::size_t from, double height);

}  // namespace thidua::reports::pdf
