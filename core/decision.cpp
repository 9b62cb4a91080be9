// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/decision.hpp"

#include "core/result.hpp"

namespace thidua {

std::string_view to_text(Outcome outcome) {
    switch (outcome) {
        case Outcome::Met:
            return "met";
        case Outcome::NotMet:
            return "not-met";
        case Outcome::NotApplicable:
            return "not-applicable";
    }
    check(false, "to_text: a known Outcome");
    return "";
}

std::optional<Outcome> parse_outcome(std::string_view text) {
    for (const Outcome outcome : {Outcome::Met, Outcome::NotMet, Outcome::NotApplicable}) {
        if (to_text(outcome) == text) {
            return outcome;
        }
    }
    return std::nullopt;
}

}  // namespace thidua
