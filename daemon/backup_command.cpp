// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// thidua backup FILE. In the daemon it runs beside the cycles, on the daemon's connection: a few
// pages at a time, so that pulls publish in between, and what they publish goes into the copy as
// well.
#include "daemon/commands.hpp"
#include "store/backup.hpp"

#include <fmt/format.h>

#include <chrono>
#include <memory>

namespace thidua::daemon {
namespace {

/// Long enough for a thread that waits for the store to get it.
constexpr std::chrono::milliseconds pause{1};

Result<void> copy_pages(store::BackupRun& run, const Service& service, const Output& output) {
    while (true) {
        const auto state = service.store.call([&](store::Store&) { return run.step(); });
        if (!state) {
            return std::unexpected(state.error());
        }
        output.progress({"Copying", state->done, state->total});
        if (state->is_whole) {
            return {};
        }
        if (service.stop.stop_requested()) {
            return fail(
                ErrorKind::Stopped, "backup: stopped before its end, nothing is kept of it"
            );
        }
        service.wait(pause);
    }
}

Result<void> copy_store(const Options& options, const Service& service, const Output& output) {
    auto begun = service.store.call([&](store::Store& store) {
        return store::BackupRun::begin(store, options.file);
    });
    if (!begun) {
        return std::unexpected(begun.error());
    }
    std::unique_ptr<store::BackupRun> run = *std::move(begun);
    auto done = copy_pages(*run, service, output);
    done = done ? run->check_pages() : done;
    return service.store.call([&](store::Store& store) {
        done = done ? run->finish(store) : done;
        run.reset();  // it has used the connection, so nobody else may at this moment
        return done;
    });
}

}  // namespace

ExitCode backup(const Options& options, const Service& service, const Output& output) {
    if (const auto done = copy_store(options, service, output); !done) {
        return report_error(output, done.error());
    }
    if (!options.quiet) {
        output.out(fmt::format("{}: copied and checked\n", options.file.string()));
    }
    return ExitCode::Done;
}

}  // namespace thidua::daemon
