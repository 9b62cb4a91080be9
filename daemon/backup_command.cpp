// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua backup FILE or FOLDER. In the daemon it runs beside the cycles, on the daemon's
// connection: a few pages at a time, so that pulls publish in between, and what they publish goes
// into the copy as well.
#include "daemon/backup_job.hpp"
#include "daemon/commands.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <system_error>

namespace thidua::daemon {
namespace {

/// Of a folder, unless --keep (`entry.copies`) says otherwise.
constexpr std::int64_t copies_kept = 14;

Result<std::filesystem::path> copy_to(
    const Options& options, const Service& service, const store::ProgressSink& told
) {
    std::error_code code;
    if (std::filesystem::is_directory(options.file, code)) {
        const CopyFolder to{
            options.file, static_cast<std::size_t>(options.entry.copies.value_or(copies_kept))};
        return copy_into_folder(service, to, service.clock.now(), told);
    }
    const auto done = copy_store(service, options.file, told);
    return done ? Result<std::filesystem::path>(options.file) : std::unexpected(done.error());
}

}  // namespace

ExitCode backup(const Options& options, const Service& service, const Output& output) {
    const auto told = [&](std::int64_t done, std::int64_t total) {
        output.progress({"Copying", done, total});
    };
    const auto copy = copy_to(options, service, told);
    if (!copy) {
        return report_error(output, copy.error());
    }
    if (!options.quiet) {
        output.out(fmt::format("{}: copied and checked\n", copy->string()));
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
