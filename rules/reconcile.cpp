// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/reconcile.hpp"

#include "rules/count.hpp"
#include "rules/figure_id.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace thidua::rules {
namespace {

Tally tally_of(const Stand& stand) {
    Tally tally;
    tally.day = stand.day;
    tally.unit_code = std::string(stand.unit_code);
    tally.procedure_code = std::string(stand.procedure_code);
    tally.received = 1;
    tally.online = stand.is_online ? 1 : 0;
    tally.owing = stand.owes ? 1 : 0;
    tally.paid = stand.owes && stand.is_paid ? 1 : 0;
    return tally;
}

/// One indicator of a pair, dossier after dossier.
class IndicatorPair {
  public:
    IndicatorPair(const PairInput& input, const Catalogue& catalogue, const Indicator& indicator)
        : input_(input),
          catalogue_(catalogue),
          reading_{
              input.kind,
              indicator,
              catalogue,
              input.campaign.start,
              input.as_of,
              input.settled_slice,
              input.known_slice},
          units_(input.organisation.units().size() + 1) {
        for (std::size_t at = 0; at + 1 < units_.size(); ++at) {
            units_[at].unit = input.organisation.units()[at].code;
        }
        units_.back().unit = std::string(total_unit);
    }

    void add(const ComparedDossier& dossier, const Twins& twins, std::vector<Difference>& found) {
        const Stands then = stands_at(reading_, dossier, input_.settled_slice);
        add_tallies(then);
        const bool is_compared = counts(then);
        const bool differs = is_compared && !agree(reading_, then);
        std::optional<Reason> reason;
        if (differs) {
            reason = reason_for(reading_, dossier, twins);
            found.push_back({dossier.code, unit_of(then), reading_.indicator.id, *reason});
        }
        const Stands now = differs ? then : stands_at(reading_, dossier, input_.known_slice);
        const bool waits = !differs && counts(now) && !agree(reading_, now);
        for (const std::size_t at : places(waits ? now : then)) {
            UnitComparison& unit = units_[at];
            unit.compared += is_compared ? 1 : 0;
            unit.differing += differs ? 1 : 0;
            unit.waiting += waits ? 1 : 0;
            if (reason) {
                unit.reasons.at(static_cast<std::size_t>(*reason)) += 1;
            }
        }
    }

    [[nodiscard]] IndicatorComparison finish() && {
        const Counted own = count_all(own_);
        const Counted witness = count_all(witness_);
        for (std::size_t at = 0; at + 1 < units_.size(); ++at) {
            units_[at].own = own.units[at];
            units_[at].witness = witness.units[at];
        }
        units_.back().own = own.total;
        units_.back().witness = witness.total;
        return {reading_.indicator.id, std::move(units_)};
    }

  private:
    /// By the word of either. What a service is counted by is a dossier that came in online.
    [[nodiscard]] bool counts(const Stands& stands) const {
        return stands.own.counts || stands.witness.counts;
    }

    void add_tallies(const Stands& stands) {
        if (stands.own.is_received) {
            own_.push_back(tally_of(stands.own));
        }
        if (stands.witness.is_received) {
            witness_.push_back(tally_of(stands.witness));
        }
    }

    [[nodiscard]] std::string unit_of(const Stands& stands) const {
        const Stand& stand = stands.own.is_received ? stands.own : stands.witness;
        const std::size_t at = catalogue_.unit(stand.unit_code);
        return at < input_.organisation.units().size() ? input_.organisation.units()[at].code : "";
    }

    /// The units to whose figures a dossier belongs by the word of either, and the total.
    [[nodiscard]] std::set<std::size_t> places(const Stands& stands) const {
        const std::size_t no_unit = input_.organisation.units().size();
        std::set<std::size_t> places{no_unit};
        for (const Stand* stand : {&stands.own, &stands.witness}) {
            const std::size_t at = catalogue_.unit(stand->unit_code);
            if (stand->is_received && at != no_unit) {
                const std::vector<std::size_t> lineage = input_.organisation.lineage(at);
                places.insert(lineage.begin(), lineage.end());
            }
        }
        return places;
    }

    [[nodiscard]] Counted count_all(const std::vector<Tally>& tallies) const {
        return count(reading_.indicator, catalogue_, place(catalogue_, tallies), input_.as_of);
    }

    const PairInput& input_;
    const Catalogue& catalogue_;
    Reading reading_;
    std::vector<UnitComparison> units_;  ///< the last is the total
    std::vector<Tally> own_;
    std::vector<Tally> witness_;
};

void add_figures(
    std::vector<ReconciledFigure>& figures, const IndicatorComparison& indicator, Share tolerance
) {
    for (const UnitComparison& unit : indicator.units) {
        if (const auto fitness = fitness_of(unit, tolerance)) {
            figures.push_back({indicator.indicator, unit.unit, *fitness});
        }
    }
}

}  // namespace

std::vector<const Indicator*> comparable(const PairInput& input) {
    std::vector<const Indicator*> indicators;
    for (const Indicator& indicator : input.campaign.indicators) {
        const bool is_of_payments = indicator.kind == IndicatorKind::PaymentsOnline;
        const bool is_told = is_of_payments ? input.tells_paid : input.tells_channel;
        const bool is_of_pair = input.kind == PairKind::Payments
                                    ? is_of_payments && indicator.payment_record == input.witness
                                    : is_told;
        if (indicator.system_of_record == input.own && is_of_pair) {
            indicators.push_back(&indicator);
        }
    }
    return indicators;
}

std::vector<std::size_t> of_another_unit(const PairInput& input) {
    const Catalogue catalogue(input.organisation, input.procedures);
    std::vector<std::size_t> places;
    if (input.kind == PairKind::Payments) {
        return places;  // the platform names no unit
    }
    const std::vector<const Indicator*> indicators = comparable(input);
    for (std::size_t at = 0; at < input.dossiers.size(); ++at) {
        const bool is_one = std::ranges::any_of(indicators, [&](const Indicator* indicator) {
            const Reading reading{
                input.kind,
                *indicator,
                catalogue,
                input.campaign.start,
                input.as_of,
                input.settled_slice,
                input.known_slice};
            return is_of_another_unit(
                reading, stands_at(reading, input.dossiers[at], input.settled_slice)
            );
        });
        if (is_one) {
            places.push_back(at);
        }
    }
    return places;
}

PairResult reconcile(const PairInput& input) {
    const Catalogue catalogue(input.organisation, input.procedures);
    const Twins twins(catalogue, input.dossiers);
    PairResult result{input.kind, input.own, input.witness, {}, {}};
    for (const Indicator* indicator : comparable(input)) {
        IndicatorPair pair(input, catalogue, *indicator);
        for (const ComparedDossier& dossier : input.dossiers) {
            pair.add(dossier, twins, result.differences);
        }
        result.indicators.push_back(std::move(pair).finish());
    }
    return result;
}

std::optional<Fitness> fitness_of(const UnitComparison& comparison, Share tolerance) {
    if (comparison.compared == 0) {
        return std::nullopt;
    }
    const auto is_above = [&](std::int64_t dossiers) {
        return compare(Ratio{dossiers, comparison.compared}, tolerance) > 0;
    };
    const std::int64_t unexplained = comparison.with(Reason::Unknown);
    if (is_above(unexplained)) {
        return Fitness::Unreconciled;
    }
    return is_above(unexplained + comparison.waiting) ? Fitness::Provisional : Fitness::Reconciled;
}

std::vector<ReconciledFigure> reconciled_figures(
    std::span<const PairResult> pairs, Share tolerance
) {
    std::vector<ReconciledFigure> figures;
    for (const PairResult& pair : pairs) {
        for (const IndicatorComparison& indicator : pair.indicators) {
            add_figures(figures, indicator, tolerance);
        }
    }
    return figures;
}

}  // namespace thidua::rules
