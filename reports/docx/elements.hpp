// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Paragraphs and tables of a Word file.
#pragma once

#include "reports/official_document.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::reports::docx {

/// Letters of one look.
[[nodiscard]] std::string run(const official::Span& span);
[[nodiscard]] std::string runs(const official::Line& line);

/// `properties`: what its style does not say, in XML.
[[nodiscard]] std::string paragraph(
    std::string_view style, const std::string& content, std::string_view properties = ""
);

/// The same with plain text.
[[nodiscard]] std::string text_paragraph(std::string_view style, std::string_view text);

/// A line of `length` in the middle of a column of `width`, both in twentieths of a point.
[[nodiscard]] std::string rule(int length, int width);

/// Cells side by side, without lines around them, for what stands left and right.
struct SideCell {
    int width = 0;
    std::string content;  ///< paragraphs
};
[[nodiscard]] std::string side_by_side(const std::vector<SideCell>& cells);

/// A table with lines, its head on every page.
[[nodiscard]] std::string table(const official::Table& table, int width);

}  // namespace thidua::reports::docx
