// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/rank.hpp"

#include <algorithm>
#include <compare>
#include <vector>

namespace thidua::rules {
namespace {

/// A figure as a place in the order: higher is better, no activity is behind any ratio.
struct Standing {
    int targets_met = 0;
    const Figure* payments = nullptr;
    const Figure* services = nullptr;
};

std::strong_ordering compare_figures(const Figure* left, const Figure* right) {
    const auto has_activity = [](const Figure* figure) {
        return figure != nullptr && figure->counts && figure->counts->denominator > 0;
    };
    if (has_activity(left) && has_activity(right)) {
        return compare(*left->counts, *right->counts);
    }
    return has_activity(left) <=> has_activity(right);
}

std::strong_ordering compare_standings(const Standing& left, const Standing& right) {
    if (const auto met = left.targets_met <=> right.targets_met; met != 0) {
        return met;
    }
    if (const auto payments = compare_figures(left.payments, right.payments); payments != 0) {
        return payments;
    }
    return compare_figures(left.services, right.services);
}

const Figure* figure_of_kind(
    const UnitStanding& unit, const Campaign& campaign, IndicatorKind kind
) {
    for (std::size_t at = 0; at < campaign.indicators.size(); ++at) {
        if (campaign.indicators[at].kind == kind) {
            return &unit.figures[at];
        }
    }
    return nullptr;
}

Standing standing_of(const UnitStanding& unit, const Campaign& campaign) {
    Standing standing;
    for (const Figure& figure : unit.figures) {
        standing.targets_met += figure.verdict == Verdict::Met ? 1 : 0;
    }
    standing.payments = figure_of_kind(unit, campaign, IndicatorKind::PaymentsOnline);
    standing.services = figure_of_kind(unit, campaign, IndicatorKind::ServicesOnline);
    return standing;
}

std::vector<UnitStanding*> ranked_units(Standings& standings) {
    std::vector<UnitStanding*> ranked;
    for (UnitStanding& unit : standings.units) {
        if (unit.is_ranked) {
            ranked.push_back(&unit);
        }
    }
    return ranked;
}

bool is_unknown(const Figure& figure) {
    return !figure.counts;
}

void rank_indicator(const std::vector<UnitStanding*>& ranked, std::size_t at) {
    for (UnitStanding* unit : ranked) {
        Figure& figure = unit->figures[at];
        if (is_unknown(figure) || figure.counts->denominator == 0) {
            continue;
        }
        const auto better = std::ranges::count_if(ranked, [&](const UnitStanding* other) {
            const Figure& others = other->figures[at];
            return !is_unknown(others) && others.counts->denominator > 0 &&
                   compare(*others.counts, *figure.counts) > 0;
        });
        figure.rank = static_cast<int>(better) + 1;
    }
}

}  // namespace

void rank_units(Standings& standings, const Campaign& campaign) {
    const std::vector<UnitStanding*> ranked = ranked_units(standings);
    for (std::size_t at = 0; at < campaign.indicators.size(); ++at) {
        rank_indicator(ranked, at);
    }
    const bool anything_unknown = std::ranges::any_of(ranked, [](const UnitStanding* unit) {
        return std::ranges::any_of(unit->figures, is_unknown);
    });
    if (anything_unknown) {
        return;
    }
    for (UnitStanding* unit : ranked) {
        const Standing own = standing_of(*unit, campaign);
        const auto better = std::ranges::count_if(ranked, [&](const UnitStanding* other) {
            return compare_standings(standing_of(*other, campaign), own) > 0;
        });
        unit->rank = static_cast<int>(better) + 1;
    }
}

}  // namespace thidua::rules
