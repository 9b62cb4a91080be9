// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/standings.hpp"

#include "rules/count.hpp"
#include "rules/figure_id.hpp"
#include "rules/gap.hpp"
#include "rules/places.hpp"
#include "rules/rank.hpp"

#include <algorithm>
#include <set>

namespace thidua::rules {
namespace {

const SourceStatus* find_source(std::span<const SourceStatus> sources, std::string_view name) {
    const auto place = std::ranges::find(sources, name, &SourceStatus::name);
    return place == sources.end() ? nullptr : &*place;
}

/// The worst of the sources that an indicator needs.
struct Basis {
    bool is_known = true;    ///< every needed source answered at least once
    bool is_current = true;  ///< and none is past its limit
};

void add_source(Basis& basis, const SourceStatus* source) {
    const bool never = source == nullptr || source->state == SourceStatus::State::Never;
    basis.is_known = basis.is_known && !never;
    basis.is_current = basis.is_current && !never && !source->past_limit;
}

Basis basis_of(const Indicator& indicator, const StandingsInput& input) {
    const std::span<const SourceStatus> sources = input.sources;
    Basis basis;
    add_source(basis, find_source(sources, indicator.system_of_record));
    for (const std::string& source : input.needed_by_all) {
        add_source(basis, find_source(sources, source));
    }
    const bool needs_payments = indicator.kind == IndicatorKind::PaymentsOnline &&
                                indicator.evidence == PaymentEvidence::Platform;
    if (needs_payments) {
        add_source(basis, find_source(sources, indicator.payment_record));
    }
    return basis;
}

void judge(Figure& figure, const Target* target, IndicatorKind kind) {
    if (!figure.counts) {
        figure.verdict = Verdict::Unknown;
        return;
    }
    if (target == nullptr) {
        if (figure.counts->denominator == 0) {
            figure.verdict = Verdict::NoActivity;
        }
        return;
    }
    figure.verdict = assess(figure.counts, *target);
    figure.convert = convert_needed(*figure.counts, *target);
    // The number of procedures is fixed: new ones are not a way to a target.
    if (kind != IndicatorKind::ServicesOnline) {
        figure.new_all_online = new_all_online_needed(*figure.counts, *target);
    }
}

/// What every figure of one indicator shares.
struct Measure {
    const StandingsInput& input;
    const Indicator& indicator;
    Basis basis;
};

/// Nothing was compared: provisional. A source that is not current makes it worse than any of that.
Fitness fitness_of(const Measure& measure, std::string_view unit) {
    if (!measure.basis.is_current) {
        return Fitness::Missing;
    }
    std::optional<Fitness> worst;
    for (const ReconciledFigure& figure : measure.input.reconciled) {
        if (figure.indicator == measure.indicator.id && figure.unit == unit) {
            worst = std::max(worst.value_or(figure.fitness), figure.fitness);
        }
    }
    return worst.value_or(Fitness::Provisional);
}

/// `name` is what the figure's id stands for: the code of `unit`, or the whole's name.
Figure make_figure(
    const Measure& measure, const UnitStanding& unit, std::string_view name, const Ratio& counts
) {
    Figure figure;
    const StandingsInput& input = measure.input;
    figure.id =
        figure_id({input.campaign.id, measure.indicator.id, name, input.as_of}, input.known_slice);
    figure.indicator = measure.indicator.id;
    if (measure.basis.is_known) {
        figure.counts = counts;
    }
    const Target* target = target_on(input.campaign, measure.indicator.id, unit.code, input.as_of);
    if (target != nullptr) {
        figure.target = *target;
    }
    figure.fitness = fitness_of(measure, name);
    figure.has_no_witness =
        std::ranges::find(input.without_witness, figure.indicator) != input.without_witness.end();
    judge(figure, target, measure.indicator.kind);
    return figure;
}

/// Adds the days of those rows at which `is_so` is not what it was; before the first it is false.
template <class Row>
void add_changes(
    std::vector<Day>& days,
    const Procedure& procedure,
    const std::vector<Row>& rows,
    bool (*is_so)(const Procedure&, Day)
) {
    bool was_so = false;
    for (const Row& row : rows) {
        if (is_so(procedure, row.from) != was_so) {
            days.push_back(row.from);
            was_so = !was_so;
        }
    }
}

/// Codes of the units that the campaign lists for ranking on the day.
std::set<std::string_view> listed_for_ranking(const StandingsInput& input) {
    std::set<std::string_view> codes;
    for (const RankedUnit& ranked : input.campaign.ranked_units) {
        if (holds(ranked.days, input.as_of)) {
            codes.insert(ranked.code);
        }
    }
    return codes;
}

/// The tree with parents before their children, children as they are written.
std::vector<std::size_t> in_tree_order(const Organisation& organisation) {
    std::vector<std::vector<std::size_t>> below(organisation.units().size());
    for (std::size_t unit = below.size(); unit-- > 0;) {
        const std::vector<std::size_t> above = organisation.lineage(unit);
        if (above.size() > 1) {
            below[above[1]].push_back(unit);
        }
    }
    std::vector<std::size_t> order;
    std::vector<std::size_t> open{*organisation.find(organisation.root().code)};
    while (!open.empty()) {
        const std::size_t unit = open.back();
        open.pop_back();
        order.push_back(unit);
        open.insert(open.end(), below[unit].begin(), below[unit].end());
    }
    return order;
}

/// The worst of the total's, and of what is not fit in a unit. A unit whose dossiers nobody could
/// compare, perhaps because it has none, does not make the whole provisional.
Fitness worst_fitness(const Standings& standings) {
    Fitness worst = Fitness::Final;
    for (const Figure& figure : standings.total.figures) {
        worst = std::max(worst, figure.fitness);
    }
    for (const UnitStanding& unit : standings.units) {
        for (const Figure& figure : unit.figures) {
            worst = is_fit(figure.fitness) ? worst : std::max(worst, figure.fitness);
        }
    }
    return worst;
}

void measure_indicator(
    Standings& standings, const StandingsInput& input, const Indicator& indicator, Places& places
) {
    const Measure measure{input, indicator, basis_of(indicator, input)};
    const Counted counted =
        count(indicator, places.catalogue(), places.of(indicator.id), input.as_of);
    for (UnitStanding& unit : standings.units) {
        const std::size_t at = *input.organisation.find(unit.code);
        unit.figures.push_back(make_figure(measure, unit, unit.code, counted.units[at]));
    }
    standings.total.figures.push_back(
        make_figure(measure, standings.total, total_unit, counted.total)
    );
    standings.unmapped = std::max(standings.unmapped, counted.unmapped);
}

}  // namespace

std::string_view to_text(Verdict verdict) {
    switch (verdict) {
        case Verdict::Met:
            return "met";
        case Verdict::Below:
            return "below";
        case Verdict::NoActivity:
            return "no-activity";
        case Verdict::Unknown:
            return "unknown";
    }
    check(false, "to_text: a known Verdict");
    return "";
}

std::string_view to_text(Fitness fitness) {
    switch (fitness) {
        case Fitness::Final:
            return "da-chot";
        case Fitness::Reconciled:
            return "da-doi-soat";
        case Fitness::Provisional:
            return "tam-tinh";
        case Fitness::Unreconciled:
            return "chua-doi-soat";
        case Fitness::Missing:
            return "thieu-so-lieu";
    }
    check(false, "to_text: a known Fitness");
    return "";
}

bool has_nothing_to_compare(const Figure& figure) {
    return figure.fitness == Fitness::Provisional &&
           (figure.verdict == Verdict::NoActivity || figure.has_no_witness);
}

bool is_fit(Fitness fitness) {
    return fitness < Fitness::Unreconciled;
}

Verdict assess(const std::optional<Ratio>& counts, const Target& target) {
    if (!counts) {
        return Verdict::Unknown;
    }
    if (counts->denominator == 0) {
        return Verdict::NoActivity;
    }
    const auto order = compare(*counts, target.value);
    const bool is_met = order > 0 || (order == 0 && target.op == TargetOperator::AtLeast);
    return is_met ? Verdict::Met : Verdict::Below;
}

std::vector<Day> days_of_change(std::span<const Procedure> procedures) {
    std::vector<Day> days;
    for (const Procedure& procedure : procedures) {
        add_changes(days, procedure, procedure.levels, is_online);
        add_changes(days, procedure, procedure.fees, is_fee_bearing);
    }
    std::ranges::sort(days);
    const auto doubles = std::ranges::unique(days);
    days.erase(doubles.begin(), doubles.end());
    return days;
}

Standings measure(const StandingsInput& input) {
    Standings standings;
    standings.campaign = input.campaign.id;
    standings.as_of = input.as_of;
    standings.known_at = input.known_at;
    standings.sources.assign(input.sources.begin(), input.sources.end());
    const std::set<std::string_view> listed = listed_for_ranking(input);
    for (const std::size_t at : in_tree_order(input.organisation)) {
        const Unit& unit = input.organisation.units()[at];
        UnitStanding standing;
        standing.code = unit.code;
        standing.name = unit.name;
        standing.parent = unit.parent;
        standing.depth = static_cast<int>(input.organisation.lineage(at).size()) - 1;
        standing.is_ranked = input.campaign.ranked_units.empty()
                                 ? unit.parent == input.organisation.root().code
                                 : listed.contains(unit.code);
        standings.units.push_back(std::move(standing));
    }
    standings.total.code = input.organisation.root().code;
    standings.total.name = input.organisation.root().name;
    Places places(input);
    for (const Indicator& indicator : input.campaign.indicators) {
        measure_indicator(standings, input, indicator, places);
    }
    standings.fitness = worst_fitness(standings);
    rank_units(standings, input.campaign);
    return standings;
}

}  // namespace thidua::rules
