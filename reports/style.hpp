// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The colours of a mail and of a page. Every text has at least 4.5:1 against its background (WCAG
// AA), colour never says what words do not, and text always names its background too, so that a
// mail client that turns one of them dark turns both.
#pragma once

#include "reports/document.hpp"

#include <string_view>

namespace thidua::reports {

namespace style {

inline constexpr std::string_view page = "#eef1f5";
inline constexpr std::string_view paper = "#ffffff";
inline constexpr std::string_view ink = "#1b2733";
inline constexpr std::string_view quiet = "#566270";  ///< labels and small print
inline constexpr std::string_view navy = "#1d3d63";   ///< titles
inline constexpr std::string_view line = "#dde3ea";
inline constexpr std::string_view track = "#e3e8ee";  ///< the empty part of a bar
inline constexpr std::string_view shade = "#f4f6f9";

inline constexpr std::string_view good = "#1a6b3c";
inline constexpr std::string_view bad = "#b3261e";
inline constexpr std::string_view open = "#7a4f00";  ///< not known, not comparable, unfit
inline constexpr std::string_view neutral = "#3f6690";

inline constexpr std::string_view calm_paper = "#e8eef6";
inline constexpr std::string_view warning_paper = "#fdf3dc";
inline constexpr std::string_view alarm_paper = "#fce9e7";

}  // namespace style

/// The colour of a figure's verdict; an unfit figure has none, whatever its verdict.
[[nodiscard]] std::string_view colour_of(const Percent& percent);

/// Better, worse, the same, or not comparable.
[[nodiscard]] std::string_view colour_of(const Change& change);

[[nodiscard]] std::string_view colour_of(const Freshness& freshness);

[[nodiscard]] std::string_view colour_of(Headline::Tone tone);

struct NoticeColours {
    std::string_view paper;
    std::string_view label;
};

[[nodiscard]] NoticeColours colours_of(Notice::Level level);

}  // namespace thidua::reports
