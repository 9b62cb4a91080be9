// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/rank.hpp"

#include <algorithm>
#include <compare>
#include <utility>
#include <vector>

namespace thidua::rules {
namespace {

/// A unit as a place in the order: higher is better, no activity is behind any ratio.
struct Standing {
    UnitStanding* unit = nullptr;
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

Standing standing_of(UnitStanding& unit, const Campaign& campaign) {
    Standing standing;
    standing.unit = &unit;
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

/// Gives each of `entries` its rank: 1 and the number of those that are better. `compare` orders
/// two of them, a better one higher.
template <class Entry, class Compare, class Give>
void rank_all(std::vector<Entry> entries, Compare compare, Give give) {
    std::ranges::sort(entries, [&](const Entry& left, const Entry& right) {
        return compare(left, right) > 0;
    });
    std::size_t first = 0;  // of those that are equal
    for (std::size_t at = 0; at < entries.size(); ++at) {
        first = compare(entries[first], entries[at]) > 0 ? at : first;
        give(entries[at], static_cast<int>(first) + 1);
    }
}

void rank_indicator(const std::vector<UnitStanding*>& ranked, std::size_t at) {
    std::vector<Figure*> figures;
    for (UnitStanding* unit : ranked) {
        Figure& figure = unit->figures[at];
        if (!is_unknown(figure) && figure.counts->denominator > 0) {
            figures.push_back(&figure);
        }
    }
    rank_all(std::move(figures), compare_figures, [](Figure* figure, int rank) {
        figure->rank = rank;
    });
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
    std::vector<Standing> entries;
    for (UnitStanding* unit : ranked) {
        entries.push_back(standing_of(*unit, campaign));
    }
    rank_all(std::move(entries), compare_standings, [](const Standing& entry, int rank) {
        entry.unit->rank = rank;
    });
}

}  // namespace thidua::rules
