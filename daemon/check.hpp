// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What monitoring is told: a state, what is wrong, and two numbers.
#pragma once

#include "daemon/exit_code.hpp"
#include "daemon/options.hpp"
#include "daemon/overview.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace thidua::daemon {

/// With the exit codes that monitoring plug-ins have agreed on.
enum class CheckState { Ok = 0, Warning = 1, Critical = 2, Unknown = 3 };

struct CheckResult {
    CheckState state = CheckState::Ok;
    std::vector<std::string> problems;  ///< a line each, with the command to run
    std::int64_t sources_late = 0;      ///< past their freshness
    std::int64_t mails_waiting = 0;     ///< for the relay

    friend bool operator==(const CheckResult&, const CheckResult&) = default;
};

/// Pure.
[[nodiscard]] CheckResult judge(const Overview& overview);

/// "THIDUA OK - all is well | sources_late=0 mails_waiting=0 problems=0"
[[nodiscard]] std::string check_line(const CheckResult& result);

/// Says that nothing is known, and why.
[[nodiscard]] ExitCode report_unknown(const Options& options, const std::string& why);

}  // namespace thidua::daemon
