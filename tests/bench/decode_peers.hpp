// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The mapping of the shipped iGate preset, written by hand for those fields alone: what the engine
// is measured against. Neither rejects a record, proves a page or keeps anything; both call core's
// own functions for codes and times, since the result is the same.
#pragma once

#include "connectors/decode.hpp"

#include <simdjson.h>

#include <string>
#include <vector>

namespace thidua::bench {

/// With simdjson's DOM, which checks the whole page. Ends the process where a page is another one
/// than decode_bench makes.
[[nodiscard]] std::vector<connectors::DecodedDossier> read_by_dom(
    simdjson::dom::element page, const connectors::Window& window
);

/// With simdjson On Demand, which does not check what it skips. `page` has room for the padding.
[[nodiscard]] std::vector<connectors::DecodedDossier> read_on_demand(
    simdjson::ondemand::parser& parser, const std::string& page, const connectors::Window& window
);

}  // namespace thidua::bench
