// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"
#include "delivery/smtp.hpp"

#include <string_view>

namespace thidua::daemon {

/// A relay as delivery/ takes it, with its password read. `section` is the part of the
/// configuration that names it, for errors. Errors: Config if the password file cannot be used.
[[nodiscard]] Result<delivery::Relay> make_relay(
    const config::Smtp& smtp, std::string_view section = "smtp"
);

}  // namespace thidua::daemon
