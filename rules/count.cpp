// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Everything is first summed for each unit by itself, then once up the tree. The last sum is for
// what no unit code maps, so that the whole is simply all of them.
#include "rules/count.hpp"

#include "core/codes.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <string>

namespace thidua::rules {
namespace {

std::vector<Ratio> count_dossiers(
    const Indicator& indicator, const Catalogue& catalogue, std::span<const PlacedTally> tallies
) {
    std::vector<Ratio> own(catalogue.organisation().units().size() + 1);
    for (const PlacedTally& placed : tallies) {
        own[placed.unit] += dossiers_of(indicator, catalogue, placed);
    }
    return add_up(catalogue.organisation(), own);
}

/// Procedures by their places in the catalogue, a bit for each.
class ProcedureSet {
  public:
    void insert(std::size_t place) {
        const std::size_t word = place / bits;
        if (word >= words_.size()) {
            words_.resize(word + 1);
        }
        words_[word] |= std::uint64_t{1} << place % bits;
    }

    ProcedureSet& operator+=(const ProcedureSet& other) {
        words_.resize(std::max(words_.size(), other.words_.size()));
        for (std::size_t at = 0; at < other.words_.size(); ++at) {
            words_[at] |= other.words_[at];
        }
        return *this;
    }

    ProcedureSet& operator&=(const ProcedureSet& other) {
        words_.resize(std::min(words_.size(), other.words_.size()));
        for (std::size_t at = 0; at < words_.size(); ++at) {
            words_[at] &= other.words_[at];
        }
        return *this;
    }

    [[nodiscard]] std::int64_t size() const {
        std::int64_t size = 0;
        for (const std::uint64_t word : words_) {
            size += std::popcount(word);
        }
        return size;
    }

  private:
    static constexpr std::size_t bits = 64;
    std::vector<std::uint64_t> words_;  ///< as many as are needed so far
};

/// Procedures of one unit, or of one unit and everything below it.
struct ServiceSets {
    ProcedureSet offered;   ///< responsible for, and offered online on the day
    ProcedureSet received;  ///< with a received dossier of any channel
    ProcedureSet online;    ///< with a received online dossier

    ServiceSets& operator+=(const ServiceSets& other) {
        offered += other.offered;
        received += other.received;
        online += other.online;
        return *this;
    }
};

Ratio services_of(const ServiceSets& sets, ServicesDenominator denominator) {
    ProcedureSet counted = sets.offered;
    if (denominator == ServicesDenominator::Active) {
        counted &= sets.received;
    }
    ProcedureSet online = counted;
    online &= sets.online;
    return {online.size(), counted.size()};
}

std::vector<Ratio> count_services(
    const Indicator& indicator,
    const Catalogue& catalogue,
    std::span<const PlacedTally> tallies,
    Day day
) {
    std::vector<ServiceSets> own(catalogue.organisation().units().size() + 1);
    for (const Offer& offer : offers_on(catalogue, day)) {
        own[offer.unit].offered.insert(offer.procedure);
    }
    for (const PlacedTally& placed : tallies) {
        if (placed.procedure == catalogue.procedures().size()) {
            continue;  // nobody offers it
        }
        if (placed.received > 0) {
            own[placed.unit].received.insert(placed.procedure);
        }
        if (placed.online > 0) {
            own[placed.unit].online.insert(placed.procedure);
        }
    }
    std::vector<Ratio> counts;
    for (const ServiceSets& sets : add_up(catalogue.organisation(), own)) {
        counts.push_back(services_of(sets, indicator.services));
    }
    return counts;
}

/// Stable, and in time with their number: places are small numbers.
std::vector<PlacedTally> sorted_by(
    std::size_t PlacedTally::*place, const std::vector<PlacedTally>& tallies
) {
    std::vector<std::size_t> begins(1);
    for (const PlacedTally& tally : tallies) {
        begins.resize(std::max(begins.size(), tally.*place + 2));
        ++begins[tally.*place + 1];
    }
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    std::vector<PlacedTally> sorted(tallies.size());
    for (const PlacedTally& tally : tallies) {
        sorted[begins[tally.*place]++] = tally;
    }
    return sorted;
}

}  // namespace

Catalogue::Catalogue(const Organisation& organisation, std::span<const Procedure> procedures)
    : organisation_(organisation), procedures_(procedures) {
    for (std::size_t at = 0; at < procedures.size(); ++at) {
        by_code_.emplace(procedures[at].code, at);
    }
}

std::size_t Catalogue::procedure(std::string_view code) const {
    const auto place = by_code_.find(code);
    return place == by_code_.end() ? procedures_.size() : place->second;
}

std::size_t Catalogue::unit(std::string_view code) const {
    return organisation_.find(code).value_or(organisation_.units().size());
}

std::vector<PlacedTally> place(const Catalogue& catalogue, std::span<const Tally> tallies) {
    std::vector<PlacedTally> placed;
    placed.reserve(tallies.size());
    std::unordered_map<std::string_view, std::size_t> units;  // few, and each comes often
    for (const Tally& tally : tallies) {
        const auto [unit, is_new] = units.try_emplace(tally.unit_code, 0);
        if (is_new) {
            unit->second = catalogue.unit(tally.unit_code);
        }
        placed.push_back(
            {tally.day,
             tally.received,
             tally.online,
             tally.owing,
             tally.paid,
             unit->second,
             catalogue.procedure(tally.procedure_code)}
        );
    }
    placed = sorted_by(&PlacedTally::procedure, placed);
    return sorted_by(&PlacedTally::unit, placed);
}

Ratio dossiers_of(
    const Indicator& indicator, const Catalogue& catalogue, const PlacedTally& placed
) {
    const std::span<const Procedure> procedures = catalogue.procedures();
    const bool is_known = placed.procedure < procedures.size();
    if (indicator.kind == IndicatorKind::DossiersOnline) {
        const bool counts = indicator.all_procedures ||
                            (is_known && is_online(procedures[placed.procedure], placed.day));
        return counts ? Ratio{placed.online, placed.received} : Ratio{};
    }
    const bool owes = is_known && is_fee_bearing(procedures[placed.procedure], placed.day);
    return owes ? Ratio{placed.paid, placed.owing} : Ratio{};
}

std::vector<Offer> offers_on(const Catalogue& catalogue, Day day) {
    const std::span<const Procedure> procedures = catalogue.procedures();
    const std::size_t no_unit = catalogue.organisation().units().size();
    const std::string& root = catalogue.organisation().root().code;
    std::vector<Offer> offers;
    for (std::size_t at = 0; at < procedures.size(); ++at) {
        const Procedure& procedure = procedures[at];
        if (!is_online(procedure, day) || catalogue.procedure(procedure.code) != at) {
            continue;
        }
        for (const std::string& code : procedure.units) {
            const std::size_t unit = catalogue.unit(code);
            if (unit != no_unit || is_unit_code_below(code, root)) {
                offers.push_back({unit, at});
            }
        }
    }
    return offers;
}

Counted count(
    const Indicator& indicator,
    const Catalogue& catalogue,
    std::span<const PlacedTally> tallies,
    Day day
) {
    Counted counted;
    counted.units = indicator.kind == IndicatorKind::ServicesOnline
                        ? count_services(indicator, catalogue, tallies, day)
                        : count_dossiers(indicator, catalogue, tallies);
    counted.total = counted.units.back();
    counted.units.pop_back();
    for (const PlacedTally& placed : tallies) {
        if (placed.unit == counted.units.size()) {
            counted.unmapped += placed.received;
        }
    }
    return counted;
}

}  // namespace thidua::rules
