// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.hpp"
#include "daemon/exit_code.hpp"
#include "daemon/progress.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace thidua::daemon {

/// How far a long piece of work has come.
struct WorkProgress {
    std::string title;
    std::int64_t done = 0;
    std::int64_t total = 0;
};

/// Where a writing command's words go: to the terminal it was typed at, or through the daemon's
/// socket to the one that handed it over. Used by one thread at a time.
struct Output {
    std::function<void(std::string_view)> out;  ///< data
    std::function<void(std::string_view)> err;  ///< messages
    std::function<void(const WorkProgress&)> progress;
};

/// stdout and stderr of this process; progress as `style` says.
[[nodiscard]] Output terminal_output(Progress::Style style = Progress::Style::Silent);

/// Says the error and gives the exit code that goes with it.
[[nodiscard]] ExitCode report_error(const Output& output, const Error& error);

}  // namespace thidua::daemon
