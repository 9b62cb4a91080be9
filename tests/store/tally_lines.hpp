// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Changes of tallies as lines, so that a test that fails can be read.
#pragma once

#include "core/tally.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

namespace thidua::store {

inline std::string line_of(const std::optional<Tally>& tally) {
    return !tally ? "none"
                  : fmt::format(
                        "{} {} {} received {} online {} owing {} paid {}",
                        thidua::to_text(tally->day),
                        tally->unit_code,
                        tally->procedure_code,
                        tally->received,
                        tally->online,
                        tally->owing,
                        tally->paid
                    );
}

inline std::vector<std::string> lines_of(const std::vector<TallyChange>& changes) {
    std::vector<std::string> lines;
    for (const TallyChange& change : changes) {
        lines.push_back(fmt::format(
            "{} (received: {}) -> {} (received: {})",
            line_of(change.before),
            change.was_received,
            line_of(change.now),
            change.is_received
        ));
    }
    return lines;
}

}  // namespace thidua::store
