// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/output.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <memory>

namespace thidua::daemon {

Output terminal_output(Progress::Style style) {
    // Made with the first report, since only that knows how much there is to do.
    auto bar = std::make_shared<std::unique_ptr<Progress>>();
    return {
        [bar](std::string_view text) {
            bar->reset();  // a text begins on a line of its own
            fmt::print("{}", text);
            (void)std::fflush(stdout);
        },
        [bar](std::string_view text) {
            bar->reset();
            fmt::print(stderr, "{}", text);
        },
        [bar, style](const WorkProgress& work) {
            if (!*bar) {
                *bar = std::make_unique<Progress>(work.title, work.total, style);
            }
            (*bar)->show(work.done, fmt::format("{} of {}", work.done, work.total));
        }};
}

ExitCode report_error(const Output& output, const Error& error) {
    output.err(fmt::format("thidua: {}\n", error.message));
    return exit_code_of(error.kind);
}

}  // namespace thidua::daemon
