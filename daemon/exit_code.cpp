// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/exit_code.hpp"

namespace thidua::daemon {

ExitCode exit_code_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::Transient:
            return ExitCode::Unavailable;
        case ErrorKind::Auth:
            return ExitCode::Permission;
        case ErrorKind::Contract:
        case ErrorKind::Data:
            return ExitCode::Data;
        case ErrorKind::Config:
            return ExitCode::Config;
        case ErrorKind::Io:
            return ExitCode::Io;
        case ErrorKind::Usage:
            return ExitCode::Usage;
        case ErrorKind::Stopped:
            return ExitCode::Unavailable;
    }
    check(false, "exit_code_of: a known ErrorKind");
    return ExitCode::Internal;
}

}  // namespace thidua::daemon
