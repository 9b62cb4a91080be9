// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The commands that write to the store. They may be run by this process or handed to the daemon
// that holds the store, and say the same in both cases: a row of the table is all it takes.
#pragma once

#include "config/settings.hpp"
#include "daemon/options.hpp"
#include "daemon/output.hpp"
#include "daemon/service.hpp"

#include <string_view>

namespace thidua::daemon {

struct WritingCommand {
    Command command;
    std::string_view name;  ///< as it is typed: "report send"
    /// Whether these options write. If not, the command reads, beside any daemon.
    bool (*writes)(const Options& options);
    enum class Manner {
        /// With the store for itself: between two cycles of a daemon that has read the same
        /// configuration, or with the writer's lock.
        InTurn,
        /// Beside the cycles of a daemon. Without a daemon it only reads.
        Beside,
        /// The daemon itself does it, between two cycles: it takes up the configuration that the
        /// command has read. Without a daemon there is nothing to do.
        Reload,
    };
    Manner manner;
    /// Does it. Says everything through `output`, and prints nothing of its own. Null: the daemon
    /// does it by itself.
    ExitCode (*run)(const Options& options, const Service& service, const Output& output);
};

/// The row of a command; null if it never writes.
[[nodiscard]] const WritingCommand* find_writing_command(Command command);
[[nodiscard]] const WritingCommand* find_writing_command(std::string_view name);

/// Runs it on the store if nobody holds that, and through the daemon if that does.
[[nodiscard]] ExitCode run_writing_command(
    const WritingCommand& command, const Options& options, const config::Settings& settings
);

}  // namespace thidua::daemon
