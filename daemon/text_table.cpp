// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/text_table.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace thidua::daemon {
namespace {

/// Columns a text takes on a terminal: its letters in NFC, not its bytes.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char letter) {
        return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U;
    }));
}

std::string padded(const std::string& text, std::size_t width) {
    const std::size_t used = width_of(text);
    return text + std::string(used < width ? width - used : 0, ' ');
}

}  // namespace

std::string text_table(const std::vector<TextRow>& rows) {
    std::vector<std::size_t> widths(rows.front().size(), 0);
    for (const TextRow& row : rows) {
        for (std::size_t at = 0; at < row.size(); ++at) {
            widths[at] = std::max(widths[at], width_of(row[at]));
        }
    }
    std::string text;
    for (const TextRow& row : rows) {
        std::string line;
        for (std::size_t at = 0; at < row.size(); ++at) {
            line += padded(row[at], widths[at]) + "  ";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

}  // namespace thidua::daemon
