// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/urging.hpp"

#include "core/result.hpp"

namespace thidua {

std::string_view to_text(UrgingKind kind) {
    switch (kind) {
        case UrgingKind::Drafted:
            return "drafted";
        case UrgingKind::Recorded:
            return "recorded";
    }
    check(false, "to_text: a known UrgingKind");
    return "";
}

std::optional<UrgingKind> parse_urging_kind(std::string_view text) {
    for (const UrgingKind kind : {UrgingKind::Drafted, UrgingKind::Recorded}) {
        if (to_text(kind) == text) {
            return kind;
        }
    }
    return std::nullopt;
}

}  // namespace thidua
