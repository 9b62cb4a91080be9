// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/count.hpp"

#include <set>

namespace thidua::rules {
namespace {

const Procedure* find_procedure(const Catalogue& catalogue, std::string_view code) {
    const auto place = catalogue.find(code);
    return place == catalogue.end() ? nullptr : place->second;
}

std::int64_t count_unmapped(const Organisation& organisation, std::span<const Tally> tallies) {
    std::int64_t unmapped = 0;
    for (const Tally& tally : tallies) {
        if (!organisation.find(tally.unit_code)) {
            unmapped += tally.received;
        }
    }
    return unmapped;
}

/// What one tally adds to an indicator that counts dossiers.
Ratio dossiers_of(const Indicator& indicator, const Tally& tally, const Procedure* procedure) {
    if (indicator.kind == IndicatorKind::DossiersOnline) {
        const bool is_offered = procedure != nullptr && is_online(*procedure, tally.day);
        return indicator.all_procedures || is_offered ? Ratio{tally.online, tally.received}
                                                      : Ratio{};
    }
    const bool owes = procedure != nullptr && is_fee_bearing(*procedure, tally.day);
    return owes ? Ratio{tally.paid, tally.owing} : Ratio{};
}

Counted count_dossiers(
    const Indicator& indicator,
    const Organisation& organisation,
    const Catalogue& catalogue,
    std::span<const Tally> tallies
) {
    Counted counted;
    counted.units.resize(organisation.units().size());
    for (const Tally& tally : tallies) {
        const Ratio part =
            dossiers_of(indicator, tally, find_procedure(catalogue, tally.procedure_code));
        counted.total += part;
        if (const auto unit = organisation.find(tally.unit_code)) {
            for (const std::size_t at : organisation.lineage(*unit)) {
                counted.units[at] += part;
            }
        }
    }
    return counted;
}

/// Procedures as sets of codes, for one unit and everything below it.
struct ServiceSets {
    std::set<std::string_view> offered;   ///< responsible for, and offered online on the day
    std::set<std::string_view> received;  ///< with a received dossier of any channel
    std::set<std::string_view> online;    ///< with a received online dossier
};

Ratio services_of(const ServiceSets& sets, ServicesDenominator denominator) {
    Ratio counts;
    for (const std::string_view code : sets.offered) {
        if (denominator == ServicesDenominator::Published || sets.received.contains(code)) {
            ++counts.denominator;
            counts.numerator += sets.online.contains(code) ? 1 : 0;
        }
    }
    return counts;
}

void add_received(ServiceSets& sets, const Tally& tally) {
    if (tally.received > 0) {
        sets.received.insert(tally.procedure_code);
    }
    if (tally.online > 0) {
        sets.online.insert(tally.procedure_code);
    }
}

Counted count_services(
    const Indicator& indicator,
    const Organisation& organisation,
    const Catalogue& catalogue,
    std::span<const Tally> tallies,
    Day day
) {
    std::vector<ServiceSets> sets(organisation.units().size());
    ServiceSets total;
    for (const auto& [code, procedure] : catalogue) {
        if (!is_online(*procedure, day)) {
            continue;
        }
        for (const std::string& unit_code : procedure->units) {
            const auto unit = organisation.find(unit_code);
            if (!unit) {
                continue;
            }
            total.offered.insert(code);
            for (const std::size_t at : organisation.lineage(*unit)) {
                sets[at].offered.insert(code);
            }
        }
    }
    for (const Tally& tally : tallies) {
        add_received(total, tally);
        if (const auto unit = organisation.find(tally.unit_code)) {
            for (const std::size_t at : organisation.lineage(*unit)) {
                add_received(sets[at], tally);
            }
        }
    }
    Counted counted;
    counted.total = services_of(total, indicator.services);
    for (const ServiceSets& unit : sets) {
        counted.units.push_back(services_of(unit, indicator.services));
    }
    return counted;
}

}  // namespace

Catalogue make_catalogue(std::span<const Procedure> procedures) {
    Catalogue catalogue;
    for (const Procedure& procedure : procedures) {
        catalogue.emplace(procedure.code, &procedure);
    }
    return catalogue;
}

Counted count(
    const Indicator& indicator,
    const Organisation& organisation,
    const Catalogue& catalogue,
    std::span<const Tally> tallies,
    Day day
) {
    Counted counted = indicator.kind == IndicatorKind::ServicesOnline
                          ? count_services(indicator, organisation, catalogue, tallies, day)
                          : count_dossiers(indicator, organisation, catalogue, tallies);
    counted.unmapped = count_unmapped(organisation, tallies);
    return counted;
}

}  // namespace thidua::rules
