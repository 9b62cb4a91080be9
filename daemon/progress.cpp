// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace thidua::daemon {

Progress::Progress(std::string title, std::int64_t total, Style style)
    : title_(std::move(title)), total_(std::max<std::int64_t>(total, 1)), style_(style) {}

Progress::~Progress() {
    if (is_drawn_) {
        fmt::print(stderr, "\n");
    }
}

Progress::Style Progress::style_for_stderr(bool is_quiet) {
    if (is_quiet) {
        return Style::Silent;
    }
    return ::isatty(STDERR_FILENO) == 1 ? Style::Bar : Style::Lines;
}

void Progress::show(std::int64_t done, const std::string& what) {
    const std::int64_t part = std::clamp<std::int64_t>(done, 0, total_);
    const std::int64_t per_cent = part * 100 / total_;
    if (style_ == Style::Bar) {
        constexpr std::int64_t width = 30;
        const auto filled = static_cast<std::size_t>(part * width / total_);
        const std::string bar =
            std::string(filled, '#') + std::string(static_cast<std::size_t>(width) - filled, '.');
        fmt::print(stderr, "\r{} [{}] {:3}%  {}\033[K", title_, bar, per_cent, what);
        is_drawn_ = true;
    } else if (style_ == Style::Lines && per_cent / 10 > last_tenth_) {
        last_tenth_ = per_cent / 10;
        fmt::print(stderr, "{} {:3}%  {}\n", title_, per_cent, what);
    }
}

}  // namespace thidua::daemon
