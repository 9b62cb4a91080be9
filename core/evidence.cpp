// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/evidence.hpp"

#include "core/result.hpp"

namespace thidua {

std::string_view to_text(EvidenceState state) {
    switch (state) {
        case EvidenceState::Filed:
            return "filed";
        case EvidenceState::Accepted:
            return "accepted";
        case EvidenceState::Rejected:
            return "rejected";
    }
    check(false, "to_text: a known EvidenceState");
    return "";
}

std::optional<EvidenceState> parse_evidence_state(std::string_view text) {
    for (const EvidenceState state :
         {EvidenceState::Filed, EvidenceState::Accepted, EvidenceState::Rejected}) {
        if (to_text(state) == text) {
            return state;
        }
    }
    return std::nullopt;
}

}  // namespace thidua
