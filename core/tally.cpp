// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/tally.hpp"

#include "core/result.hpp"

namespace thidua {

std::string_view to_text(SourceStatus::State state) {
    switch (state) {
        case SourceStatus::State::Fresh:
            return "fresh";
        case SourceStatus::State::Stale:
            return "stale";
        case SourceStatus::State::Failed:
            return "failed";
        case SourceStatus::State::Never:
            return "never";
    }
    check(false, "to_text: a known SourceStatus::State");
    return "";
}

}  // namespace thidua
