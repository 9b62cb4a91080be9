// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/mail_bar.hpp"

#include "reports/bar.hpp"
#include "reports/style.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports {
namespace {

constexpr int full = 99;  // a bar is so many steps wide, the tick takes the last of the hundred

std::string segment(int width, std::string_view colour) {
    if (width <= 0) {
        return "";
    }
    return fmt::format(
        R"(<td width="{0}%" bgcolor="{1}" style="width:{0}%;background:{1}">&nbsp;</td>)",
        width,
        colour
    );
}

std::string tick() {
    return fmt::format(
        R"(<td width="1%" bgcolor="{0}" style="width:1%;background:{0}">&nbsp;</td>)", style::ink
    );
}

std::string segments(const Percent& percent, std::string_view colour) {
    const auto [filled, goal] = bar_steps(percent, full);
    if (!goal) {
        return segment(filled, colour) + segment(full + 1 - filled, style::track);
    }
    const int below = std::min(filled, *goal);
    const int beyond = filled - below;
    return segment(below, colour) + segment(*goal - below, style::track) + tick() +
           segment(beyond, colour) + segment(full - *goal - beyond, style::track);
}

}  // namespace

std::string render_bar(const Percent& percent) {
    if (!has_bar(percent)) {
        return "";
    }
    return fmt::format(
        R"(<table role="presentation" aria-hidden="true" width="100%" cellpadding="0" )"
        R"(cellspacing="0" border="0" style="width:100%;margin:5px 0 6px;font-size:1px;)"
        R"(line-height:8px;mso-line-height-rule:exactly"><tr>{}</tr></table>)",
        segments(percent, colour_of(percent))
    );
}

}  // namespace thidua::reports
