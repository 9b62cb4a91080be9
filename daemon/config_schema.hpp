// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A JSON Schema of the configuration's files, by which an editor completes, explains and checks.
#pragma once

#include "config/keys/maps.hpp"

#include <boost/json/object.hpp>

namespace thidua::daemon {

/// JSON Schema, draft 2020-12, made from the table of keys. It takes everything that the loader
/// takes, and not the other way round: what one key asks of another is `thidua validate`'s.
[[nodiscard]] boost::json::object config_schema(const config::keys::FileKind& kind);

}  // namespace thidua::daemon
