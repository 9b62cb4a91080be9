// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"
#include "core/result.hpp"
#include "daemon/options.hpp"
#include "daemon/session.hpp"
#include "store/ledger.hpp"

#include <memory>

namespace thidua::daemon {

/// An edition, and a session to look at it.
struct OpenedEdition {
    std::unique_ptr<Session> session;
    store::Edition edition;
};

/// The edition that was asked for, with a session on the clock asked for. Errors: Usage if there is
/// none such; Io.
[[nodiscard]] Result<OpenedEdition> open_edition(
    const Options& options, const config::Settings& settings
);

}  // namespace thidua::daemon
