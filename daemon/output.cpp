// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/output.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace thidua::daemon {

Output terminal_output() {
    return {
        [](std::string_view text) {
            fmt::print("{}", text);
            (void)std::fflush(stdout);
        },
        [](std::string_view text) { fmt::print(stderr, "{}", text); }};
}

ExitCode report_error(const Output& output, const Error& error) {
    output.err(fmt::format("thidua: {}\n", error.message));
    return exit_code_of(error.kind);
}

}  // namespace thidua::daemon
