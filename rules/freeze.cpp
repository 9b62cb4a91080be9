// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/freeze.hpp"

#include "core/result.hpp"

#include <algorithm>

namespace thidua::rules {
namespace {

/// Of the units that awards are for.
bool is_unfit(const Standings& standings, std::string_view indicator) {
    const auto rests_on_it = [&](const Figure& figure) {
        return figure.indicator == indicator && figure.target.has_value() &&
               figure.fitness > demanded_at(Stage::Final) && !has_nothing_to_compare(figure);
    };
    return std::ranges::any_of(standings.units, [&](const UnitStanding& unit) {
        return (unit.depth == 0 || unit.is_ranked) &&
               std::ranges::any_of(unit.figures, rests_on_it);
    });
}

void close_figures(UnitStanding& unit, Fitness& worst) {
    for (Figure& figure : unit.figures) {
        const bool is_closed_alone =
            figure.has_no_witness && figure.fitness == Fitness::Provisional;
        if (figure.fitness == Fitness::Reconciled || is_closed_alone) {
            figure.fitness = Fitness::Final;
        }
        worst = std::max(worst, figure.fitness);
    }
}

}  // namespace

std::string_view to_text(Stage stage) {
    switch (stage) {
        case Stage::Rehearsal:
            return "rehearsal";
        case Stage::Provisional:
            return "provisional";
        case Stage::Final:
            return "final";
        case Stage::Amendment:
            return "amendment";
    }
    check(false, "to_text: a known Stage");
    return "";
}

Fitness demanded_at(Stage stage) {
    const bool is_final = stage == Stage::Final || stage == Stage::Amendment;
    return is_final ? Fitness::Reconciled : Fitness::Provisional;
}

std::optional<Instant> due_at(const Freeze& freeze, Stage stage) {
    switch (stage) {
        case Stage::Provisional:
            return freeze.provisional;
        case Stage::Final:
            return freeze.final;
        case Stage::Rehearsal:
        case Stage::Amendment:
            break;
    }
    return std::nullopt;
}

OpenPoints open_points(const Campaign& campaign, const Standings& standings) {
    OpenPoints open;
    for (const Ambiguity& ambiguity : campaign.plan.ambiguities) {
        if (ambiguity.decided_by.empty()) {
            open.undecided.push_back(ambiguity.id);
        }
    }
    for (const Indicator& indicator : campaign.indicators) {
        if (is_unfit(standings, indicator.id)) {
            open.unfit.push_back(indicator.id);
        }
    }
    return open;
}

Standings closed(Standings standings) {
    Fitness worst = Fitness::Final;
    for (UnitStanding& unit : standings.units) {
        close_figures(unit, worst);
    }
    close_figures(standings.total, worst);
    standings.fitness = worst;
    return standings;
}

}  // namespace thidua::rules
