// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/actions.hpp"

#include "rules/places.hpp"

#include <algorithm>

namespace thidua::rules {
namespace {

/// What is missed, most first; then by code, so that equals keep their order everywhere.
class ByVolume {
  public:
    explicit ByVolume(const Catalogue& catalogue) : catalogue_(catalogue) {}

    bool operator()(const Cause& left, const Cause& right) const {
        if (left.missed != right.missed) {
            return left.missed > right.missed;
        }
        if (left.received != right.received) {
            return left.received > right.received;
        }
        return code(left) < code(right);
    }

  private:
    [[nodiscard]] std::string_view code(const Cause& cause) const {
        const auto procedures = catalogue_.procedures();
        return cause.procedure < procedures.size()
                   ? std::string_view(procedures[cause.procedure].code)
                   : std::string_view();
    }

    const Catalogue& catalogue_;
};

std::vector<Cause> causes_of(
    const Breakdown& figure, IndicatorKind kind, const Catalogue& catalogue
) {
    std::vector<Cause> causes;
    for (const ProcedurePart& part : figure.parts) {
        const std::int64_t missed = part.counts.denominator - part.counts.numerator;
        if (missed > 0) {
            causes.push_back({part.procedure, missed, part.received});
        }
    }
    std::ranges::sort(causes, ByVolume(catalogue));
    if (kind != IndicatorKind::ServicesOnline && causes.size() > causes_max) {
        causes.resize(causes_max);
    }
    return causes;
}

/// What all figures of one indicator share.
struct Shared {
    const Indicator& indicator;
    const Catalogue& catalogue;
    std::int64_t weeks_left = 0;
};

FigureActions actions_of(const Shared& shared, const Figure& figure, const Breakdown& broken) {
    FigureActions actions;
    if (!figure.target || !figure.counts || figure.counts->denominator == 0) {
        return actions;
    }
    const IndicatorKind kind = shared.indicator.kind;
    const Target& target = *figure.target;
    if (figure.verdict == Verdict::Below) {
        actions.missed = figure.counts->denominator - figure.counts->numerator;
        actions.causes = causes_of(broken, kind, shared.catalogue);
    }
    const auto volume = expected_volume(broken.weeks, shared.weeks_left);
    if (kind != IndicatorKind::ServicesOnline && volume) {
        actions.expected = needed_of_expected(*figure.counts, target, *volume);
    }
    const PaceInput pace{kind, *figure.counts, broken.before, broken.weeks, shared.weeks_left};
    actions.pace = find_pace(pace, target);
    actions.forecast = forecast(pace);
    return actions;
}

}  // namespace

Actions find_actions(const StandingsInput& input, const Standings& standings) {
    Actions actions;
    const CompleteWeeks weeks = complete_weeks(input.campaign.start, input.as_of);
    actions.complete_weeks = weeks.count;
    actions.weeks_left = weeks_left(input.as_of, input.campaign.end);
    actions.units.resize(standings.units.size());
    Places places(input);
    for (std::size_t at = 0; at < input.campaign.indicators.size(); ++at) {
        const Indicator& indicator = input.campaign.indicators[at];
        const Shared shared{indicator, places.catalogue(), actions.weeks_left};
        const auto broken =
            break_down(indicator, places.catalogue(), places.of(indicator.id), weeks, input.as_of);
        for (std::size_t unit = 0; unit < standings.units.size(); ++unit) {
            const UnitStanding& standing = standings.units[unit];
            actions.units[unit].push_back(actions_of(
                shared, standing.figures[at], broken[*input.organisation.find(standing.code)]
            ));
        }
        actions.total.push_back(actions_of(shared, standings.total.figures[at], broken.back()));
    }
    return actions;
}

}  // namespace thidua::rules
