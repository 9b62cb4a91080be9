// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.hpp"

namespace thidua::daemon {

/// What the program says to who started it (sysexits where one fits).
enum class ExitCode {
    Done = 0,
    Negative = 1,      ///< the answer is no
    Warnings = 3,      ///< validate --strict
    Usage = 64,        ///< the command line
    Data = 65,         ///< data that break their contract
    Unavailable = 69,  ///< a source or the mail relay
    Internal = 70,
    Io = 74,          ///< disk, file, database
    TryLater = 75,    ///< the daemon that should do it is stopping, busy or silent
    Permission = 77,  ///< credentials refused
    Config = 78,
};

[[nodiscard]] ExitCode exit_code_of(ErrorKind kind);

}  // namespace thidua::daemon
