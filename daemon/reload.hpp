// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Taking up a changed configuration without a restart: all of it, or nothing.
#pragma once

#include "config/settings.hpp"

#include <expected>
#include <string>
#include <vector>

namespace thidua::daemon {

/// Reads the configuration of `running` anew and checks it as a start would. Errors: a line for
/// each reason why it cannot be taken up, with its place; among them what only a restart can
/// change: the store and the folder that holds it.
[[nodiscard]] std::expected<config::Settings, std::vector<std::string>> read_again(
    const config::Settings& running
);

/// The settings that differ and that a running daemon cannot change, a line each. Pure.
[[nodiscard]] std::vector<std::string> needs_restart(
    const config::Settings& running, const config::Settings& next
);

}  // namespace thidua::daemon
