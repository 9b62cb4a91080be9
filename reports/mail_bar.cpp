// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/mail_bar.hpp"

#include "reports/format.hpp"
#include "reports/mail_style.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace thidua::reports {
namespace {

__extension__ using Wide = __int128;

constexpr int full = 99;  // a bar is so many steps wide, the tick takes the last of the hundred

int steps(std::int64_t part, std::int64_t whole) {
    return static_cast<int>(std::clamp<Wide>(Wide{part} * full / whole, 0, full));
}

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
    const Ratio& counts = *percent.counts;
    const int value = steps(counts.numerator, counts.denominator);
    if (!percent.target) {
        return segment(value, colour) + segment(full + 1 - value, style::track);
    }
    const Share& target = percent.target->value;
    const int goal = steps(target.part, target.whole);
    const auto order = compare(counts, target);
    if (order <= 0) {
        const int short_of = order < 0 ? std::max(goal - 1, 0) : goal;
        const int filled = std::min(value, short_of);
        return segment(filled, colour) + segment(goal - filled, style::track) + tick() +
               segment(full - goal, style::track);
    }
    const int beyond = std::min(std::max(value - goal, 1), full - goal);
    return segment(goal, colour) + tick() + segment(beyond, colour) +
           segment(full - goal - beyond, style::track);
}

}  // namespace

std::string_view colour_of(const Percent& percent) {
    if (!percent.counts || !format_mark(percent).empty()) {
        return style::open;
    }
    if (!percent.verdict) {
        return style::neutral;
    }
    switch (*percent.verdict) {
        case rules::Verdict::Met:
            return style::good;
        case rules::Verdict::Below:
            return style::bad;
        case rules::Verdict::NoActivity:
            return style::quiet;
        case rules::Verdict::Unknown:
            return style::open;
    }
    check(false, "colour_of: a known Verdict");
    return "";
}

std::string render_bar(const Percent& percent) {
    if (!percent.counts || percent.counts->denominator == 0) {
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
