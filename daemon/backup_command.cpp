// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua backup FILE. In the daemon it runs beside the cycles, on the daemon's connection: a few
// pages at a time, so that pulls publish in between, and what they publish goes into the copy as
// well.
#include "daemon/backup_job.hpp"
#include "daemon/commands.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace thidua::daemon {
ExitCode backup(const Options& options, const Service& service, const Output& output) {
    const auto told = [&](std::int64_t done, std::int64_t total) {
        output.progress({"Copying", done, total});
    };
    if (const auto done = copy_store(service, options.file, told); !done) {
        return report_error(output, done.error());
    }
    if (!options.quiet) {
        output.out(fmt::format("{}: copied and checked\n", options.file.string()));
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
