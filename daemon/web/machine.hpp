// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What programs ask: whether the service is ready, and how it stands.
#pragma once

#include "daemon/web/daemon_state.hpp"
#include "daemon/web/snapshot.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace thidua::daemon::web {

/// What keeps the daemon from running its next occurrence, a sentence each; none: it is ready.
/// `reader` holds an error where the store cannot be had.
[[nodiscard]] std::vector<std::string> missing_parts(
    const DaemonFacts& facts, const config::Settings& settings, const Result<Reader*>& reader
);

/// As docs/schema/web-status.schema.json describes it; stable.
[[nodiscard]] boost::json::object status_json(
    const DaemonFacts& facts,
    const config::Settings& settings,
    const std::vector<SourceStatus>& sources,
    const std::vector<std::string>& missing
);

/// As docs/schema/web-version.schema.json describes it; stable.
[[nodiscard]] boost::json::object version_json();

}  // namespace thidua::daemon::web
