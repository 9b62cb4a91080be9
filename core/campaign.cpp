// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/campaign.hpp"

namespace thidua {

std::string_view to_text(IndicatorKind kind) {
    switch (kind) {
        case IndicatorKind::ServicesOnline:
            return "services-online";
        case IndicatorKind::DossiersOnline:
            return "dossiers-online";
        case IndicatorKind::PaymentsOnline:
            return "payments-online";
    }
    check(false, "to_text: a known IndicatorKind");
    return "";
}

std::string_view to_text(TargetOperator op) {
    switch (op) {
        case TargetOperator::Above:
            return ">";
        case TargetOperator::AtLeast:
            return ">=";
    }
    check(false, "to_text: a known TargetOperator");
    return "";
}

std::string_view to_text(Subject subject) {
    switch (subject) {
        case Subject::Collective:
            return "collective";
        case Subject::Individual:
            return "individual";
    }
    check(false, "to_text: a known Subject");
    return "";
}

const Target* target_on(const Campaign& campaign, std::string_view indicator, Day day) {
    for (const Target& target : campaign.targets) {
        const bool has_begun = !target.from || *target.from <= day;
        const bool has_ended = target.to && *target.to < day;
        if (target.indicator == indicator && has_begun && !has_ended) {
            return &target;
        }
    }
    return nullptr;
}

}  // namespace thidua
