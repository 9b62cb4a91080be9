// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/procedure_counts.hpp"

#include "rules/count.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <tuple>

namespace thidua::rules {
namespace {

/// The indicator whose dossiers are counted.
const Indicator& indicator_of(const Campaign& campaign) {
    const auto payments =
        std::ranges::find(campaign.indicators, IndicatorKind::PaymentsOnline, &Indicator::kind);
    return payments == campaign.indicators.end() ? campaign.indicators.front() : *payments;
}

bool knows_payments(const Indicator& indicator, const Standings& standings) {
    const auto figure =
        std::ranges::find(standings.total.figures, indicator.id, &Figure::indicator);
    return indicator.kind == IndicatorKind::PaymentsOnline &&
           figure != standings.total.figures.end() && figure->counts;
}

std::span<const Tally> tallies_of(const StandingsInput& input, std::string_view indicator) {
    const auto named = std::ranges::find(input.tallies, indicator, &IndicatorTallies::indicator);
    return named == input.tallies.end() ? std::span<const Tally>() : named->tallies;
}

PlacedTally placed(const Catalogue& catalogue, const Tally& tally) {
    return {
        tally.day,
        tally.received,
        tally.online,
        tally.owing,
        tally.paid,
        catalogue.unit(tally.unit_code),
        catalogue.procedure(tally.procedure_code)};
}

ProcedureCounts begin(const StandingsInput& input, const PlacedTally& placed, const Tally& tally) {
    ProcedureCounts counts;
    counts.unit = tally.unit_code;
    counts.procedure = tally.procedure_code;
    const auto& units = input.organisation.units();
    if (placed.unit < units.size()) {
        counts.unit = units[placed.unit].code;
        counts.unit_name = units[placed.unit].name;
    }
    if (placed.procedure < input.procedures.size()) {
        const Procedure& procedure = input.procedures[placed.procedure];
        counts.procedure = procedure.code;
        counts.name = procedure.name;
        counts.level = level_on(procedure, input.as_of);
        counts.is_fee_bearing = is_fee_bearing(procedure, input.as_of);
    }
    return counts;
}

}  // namespace

std::vector<ProcedureCounts> count_procedures(
    const StandingsInput& input, const Standings& standings
) {
    check(!input.campaign.indicators.empty(), "count_procedures: a campaign has indicators");
    const Indicator& indicator = indicator_of(input.campaign);
    const bool has_payments = knows_payments(indicator, standings);
    const Catalogue catalogue(input.organisation, input.procedures);
    // A place that no unit has is the number of units, so these come last.
    using Key = std::tuple<std::size_t, std::string_view, std::string_view>;
    std::map<Key, ProcedureCounts> rows;
    for (const Tally& tally : tallies_of(input, indicator.id)) {
        const PlacedTally place = placed(catalogue, tally);
        const bool is_mapped = place.unit < input.organisation.units().size();
        const std::string_view unit = is_mapped ? std::string_view() : tally.unit_code;
        const auto [row, is_new] = rows.try_emplace({place.unit, unit, tally.procedure_code});
        ProcedureCounts& counts = row->second;
        if (is_new) {
            counts = begin(input, place, tally);
            counts.payments = has_payments ? std::optional(Ratio{}) : std::nullopt;
        }
        counts.received += tally.received;
        counts.online += tally.online;
        if (has_payments) {
            *counts.payments += dossiers_of(indicator, catalogue, place);
        }
    }
    std::vector<ProcedureCounts> list;
    list.reserve(rows.size());
    for (auto& [key, counts] : rows) {
        list.push_back(std::move(counts));
    }
    std::erase_if(list, [](const ProcedureCounts& counts) { return counts.received == 0; });
    return list;
}

}  // namespace thidua::rules
