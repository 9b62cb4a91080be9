// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/campaign.hpp"

#include <algorithm>

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

const Target* target_on(
    const Campaign& campaign, std::string_view indicator, std::string_view unit, Day day
) {
    const Target* general = nullptr;
    for (const Target& target : campaign.targets) {
        if (target.indicator != indicator || !holds({target.from, target.to}, day)) {
            continue;
        }
        if (std::ranges::find(target.units, unit) != target.units.end()) {
            return &target;
        }
        if (target.units.empty()) {
            general = &target;
        }
    }
    return general;
}

std::string_view name_of_body(const Plan& plan, std::string_view id) {
    const auto place = std::ranges::find(plan.bodies, id, &Body::id);
    return place == plan.bodies.end() ? id : std::string_view(place->name);
}

}  // namespace thidua
