// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/html.hpp"

namespace thidua::reports {

std::string escape_html(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size() + text.size() / 8);
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char letter = text[at];
        if (letter == '&') {
            escaped += "&amp;";
        } else if (letter == '<') {
            escaped += "&lt;";
        } else if (letter == '>') {
            escaped += "&gt;";
        } else if (letter == '"') {
            escaped += "&quot;";
        } else if (letter == '\'') {
            escaped += "&#39;";
        } else if (letter == ' ' && at + 1 < text.size() && text[at + 1] == '%') {
            escaped += "&#160;";  // what XML knows too
        } else if (static_cast<unsigned char>(letter) < 0x20 || letter == '\x7f') {
            escaped += ' ';
        } else {
            escaped += letter;
        }
    }
    return escaped;
}

}  // namespace thidua::reports
