// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The frame of a page and the parts that pages are made of. What comes in as a name or a sentence
// is escaped here; what is called `html` was made here.
#pragma once

#include "daemon/web/words.hpp"
#include "reports/document.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon::web {

/// Text for a page; quotes too.
[[nodiscard]] std::string escaped(std::string_view text);

/// What people named themselves, which is Vietnamese whatever the page's language.
[[nodiscard]] std::string named(const Words& words, std::string_view text);

[[nodiscard]] std::string link(std::string_view href, std::string_view html);

/// A unit's code or an edition's id as a part of a path.
[[nodiscard]] std::string in_path(std::string_view text);

struct Frame {
    std::string title;        ///< also the heading
    std::string above;        ///< a small line over the heading: whose page, which campaign
    std::string_view active;  ///< path of the page's place in the navigation; may be none
    std::string foot;         ///< html: where the figures come from
};

/// The whole page around `html`.
[[nodiscard]] std::string page(const Words& words, const Frame& frame, std::string_view html);

/// A section with a heading, which names it for who does not see it.
[[nodiscard]] std::string section(
    std::string_view id, std::string_view heading, std::string_view html
);

struct Table {
    std::string caption;
    std::vector<std::string> columns;            ///< text; the first is of the row's header
    std::vector<std::vector<std::string>> rows;  ///< html
    std::size_t header = 0;                      ///< the column that names a row
    std::string_view kind{};                     ///< a class of the stylesheet
};

/// A table that on a narrow screen becomes a card for each row.
[[nodiscard]] std::string table(const Table& table);

/// A bar from 0 to 100 % with a tick at the target; empty without a ratio. The filled part stops
/// short of the tick, at it or beyond it as the exact counts do.
[[nodiscard]] std::string bar(const reports::Percent& percent);

/// Value, both counts, verdict and fitness, with a link to where the figure comes from.
[[nodiscard]] std::string figure(const Words& words, const reports::Percent& percent);

/// A figure over the weeks as a drawing with words for who does not see it; a week without a figure
/// is a gap. Empty with fewer than two figures.
[[nodiscard]] std::string trend(const Words& words, const reports::TrendChart& chart);

/// "good", "bad", "open" or "quiet": the class of a figure's colour, by its verdict if it is fit.
[[nodiscard]] std::string_view tone(const reports::Percent& percent);

}  // namespace thidua::daemon::web
