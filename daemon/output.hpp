// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.hpp"
#include "daemon/exit_code.hpp"

#include <functional>
#include <string_view>

namespace thidua::daemon {

/// Where a writing command's words go: to the terminal it was typed at, or through the daemon's
/// socket to the one that handed it over. Used by one thread at a time.
struct Output {
    std::function<void(std::string_view)> out;  ///< data
    std::function<void(std::string_view)> err;  ///< messages
};

/// stdout and stderr of this process.
[[nodiscard]] Output terminal_output();

/// Says the error and gives the exit code that goes with it.
[[nodiscard]] ExitCode report_error(const Output& output, const Error& error);

}  // namespace thidua::daemon
