// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/sensitivity.hpp"

#include "core/result.hpp"

#include <algorithm>

namespace thidua::rules {
namespace {

const Figure* find_figure(const UnitStanding& unit, const std::string& indicator) {
    const auto place = std::ranges::find(unit.figures, indicator, &Figure::indicator);
    return place == unit.figures.end() ? nullptr : &*place;
}

void add_flip(std::vector<Flip>& flips, const Flip& flip) {
    if (flip.in_force != nullptr && flip.other != nullptr && flip.in_force->target &&
        flip.in_force->verdict != flip.other->verdict) {
        flips.push_back(flip);
    }
}

}  // namespace

std::optional<Indicator> other_reading(const Indicator& indicator) {
    Indicator other = indicator;
    switch (indicator.kind) {
        case IndicatorKind::ServicesOnline:
            other.services = indicator.services == ServicesDenominator::Published
                                 ? ServicesDenominator::Active
                                 : ServicesDenominator::Published;
            return other;
        case IndicatorKind::DossiersOnline:
            return std::nullopt;
        case IndicatorKind::PaymentsOnline:
            if (!indicator.dvcqg_gateway) {
                return std::nullopt;  // the plan names the national portal
            }
            other.province_gateway = !indicator.province_gateway;
            return other;
    }
    check(false, "other_reading: a known IndicatorKind");
    return std::nullopt;
}

std::string reading_text(const Indicator& indicator) {
    if (indicator.kind == IndicatorKind::ServicesOnline) {
        const bool is_active = indicator.services == ServicesDenominator::Active;
        return is_active ? "denominator: active" : "denominator: published";
    }
    if (indicator.kind == IndicatorKind::PaymentsOnline) {
        if (!indicator.dvcqg_gateway) {
            return "gateways: [province]";
        }
        return indicator.province_gateway ? "gateways: [dvcqg, province]" : "gateways: [dvcqg]";
    }
    return "";
}

Campaign with_other_readings(Campaign campaign) {
    std::vector<Indicator> others;
    for (const Indicator& indicator : campaign.indicators) {
        if (auto other = other_reading(indicator)) {
            others.push_back(*std::move(other));
        }
    }
    campaign.indicators = std::move(others);
    return campaign;
}

std::vector<Flip> flips_of(
    const std::string& indicator, const Standings& in_force, const Standings& other
) {
    check(in_force.units.size() == other.units.size(), "flips_of: standings of the same units");
    std::vector<Flip> flips;
    for (std::size_t at = 0; at < in_force.units.size(); ++at) {
        const UnitStanding& unit = in_force.units[at];
        add_flip(
            flips,
            {&unit, false, find_figure(unit, indicator), find_figure(other.units[at], indicator)}
        );
    }
    add_flip(
        flips,
        {&in_force.total,
         true,
         find_figure(in_force.total, indicator),
         find_figure(other.total, indicator)}
    );
    return flips;
}

std::vector<TwoReadings> compare_readings(
    const Campaign& campaign, const Standings& in_force, const Standings& other
) {
    std::vector<TwoReadings> all;
    for (const Indicator& indicator : campaign.indicators) {
        if (auto reading = other_reading(indicator)) {
            all.push_back({indicator, *std::move(reading), flips_of(indicator.id, in_force, other)}
            );
        }
    }
    return all;
}

}  // namespace thidua::rules
