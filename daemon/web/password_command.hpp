// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/options.hpp"

namespace thidua::daemon::web {

/// thidua web password USER: reads a password from stdin, and prints the line for
/// web.password_file. On a terminal the password is not shown.
ExitCode run_password(const Options& options);

}  // namespace thidua::daemon::web
