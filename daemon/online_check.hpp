// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Whether sources and relays answer, before anything depends on it.
#pragma once

#include "config/settings.hpp"
#include "daemon/clock.hpp"

#include <stop_token>
#include <string>
#include <vector>

namespace thidua::daemon {

/// What came of asking one of them.
struct OnlineAnswer {
    std::string what;  ///< "sources.tthc", "smtp"
    bool is_reached = false;
    std::string said;    ///< one line, without secrets
    std::string remedy;  ///< what to do; empty: nothing
};

/// Asks each source one question, by its own credentials and without a second attempt, and each
/// relay as far as a message would go (EHLO, TLS, credentials). Of the answers nothing is kept.
/// With `mail_to` the relay of `smtp:` is handed a test message to that address. A source of files
/// is asked nothing.
[[nodiscard]] std::vector<OnlineAnswer> check_online(
    const config::Settings& settings,
    const std::string& mail_to,
    const Clock& clock,
    std::stop_token stop
);

}  // namespace thidua::daemon
