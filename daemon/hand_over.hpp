// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The client's side of the daemon's socket (daemon/control.hpp is the other): a command that the
// daemon runs for us.
#pragma once

#include "daemon/exit_code.hpp"
#include "daemon/options.hpp"
#include "daemon/output.hpp"
#include "store/writer_lock.hpp"

#include <chrono>
#include <stop_token>
#include <string>

namespace thidua::daemon {

/// A daemon gives a sign of life every few seconds. One that is silent for this long is given up.
inline constexpr std::chrono::seconds longest_silence{10};

/// A command to be handed over, and where its words go.
struct HandOver {
    std::string command;  ///< as it is typed: "report send"
    Options options;
    std::string configuration;  ///< hash of the settings that we have read
    Output output;
    std::stop_token stop;  ///< ends our waiting, not the work
};

/// Whether the holder of the store is a daemon, which takes commands, or another command.
[[nodiscard]] bool takes_commands(const store::LockHolder& holder);

/// Whether it is a daemon, and its socket can be reached.
[[nodiscard]] bool is_listening(const store::LockHolder& holder);

/// Hands the command to the daemon at `holder.socket`, passes on what it says, and gives the exit
/// code. Blocks until then. Errors: Io if nobody took it there: nothing was begun, and it may be
/// tried again.
[[nodiscard]] Result<ExitCode> hand_over(const HandOver& what, const store::LockHolder& holder);

}  // namespace thidua::daemon
