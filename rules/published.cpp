// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/published.hpp"

#include "rules/award_text.hpp"
#include "rules/figure_id.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace thidua::rules {
namespace {

using Key = std::pair<std::string, std::string>;

Key key_of(const PublishedFigure& figure) {
    return {figure.unit, figure.indicator};
}

Key key_of(const PublishedVerdict& verdict) {
    return {verdict.candidate, verdict.award};
}

bool says_the_same(const PublishedFigure& one, const PublishedFigure& other) {
    return std::tie(one.counts, one.verdict) == std::tie(other.counts, other.verdict);
}

bool says_the_same(const PublishedVerdict& one, const PublishedVerdict& other) {
    return one.words == other.words;
}

template <class Thing>
std::vector<Changed<Thing>> differences(
    const std::vector<Thing>& before, const std::vector<Thing>& now
) {
    std::map<Key, const Thing*> left;
    for (const Thing& thing : before) {
        left.emplace(key_of(thing), &thing);
    }
    std::vector<Changed<Thing>> changed;
    for (const Thing& thing : now) {
        const auto place = left.find(key_of(thing));
        if (place == left.end()) {
            changed.push_back({std::nullopt, thing});
            continue;
        }
        if (!says_the_same(*place->second, thing)) {
            changed.push_back({*place->second, thing});
        }
        left.erase(place);
    }
    for (const Thing& thing : before) {
        if (left.contains(key_of(thing))) {
            changed.push_back({thing, std::nullopt});
        }
    }
    return changed;
}

std::vector<PublishedFigure> figures_of(
    const UnitStanding& unit, std::string_view code, std::string_view name
) {
    std::vector<PublishedFigure> figures;
    for (const Figure& figure : unit.figures) {
        figures.push_back({
            std::string(code),
            std::string(name),
            figure.indicator,
            figure.counts,
            figure.verdict ? std::string(to_text(*figure.verdict)) : std::string(),
            figure.fitness,
        });
    }
    return figures;
}

/// The one of `all` that has the name, else `otherwise`.
template <class Value, std::size_t Count, class Otherwise>
Otherwise called(std::string_view name, const std::array<Value, Count>& all, Otherwise otherwise) {
    const auto place = std::ranges::find(all, name, [](Value one) { return to_text(one); });
    return place == all.end() ? otherwise : Otherwise(*place);
}

}  // namespace

std::optional<Verdict> verdict_called(std::string_view name) {
    using enum Verdict;
    return called(name, std::array{Met, Below, NoActivity, Unknown}, std::optional<Verdict>());
}

Fitness fitness_called(std::string_view name) {
    using enum Fitness;
    return called(name, std::array{Final, Reconciled, Provisional, Unreconciled}, Missing);
}

Published published(const Standings& standings, std::span<const Eligibility> eligibility) {
    Published said;
    for (const UnitStanding& unit : standings.units) {
        std::ranges::move(figures_of(unit, unit.code, unit.name), std::back_inserter(said.figures));
    }
    said.total = figures_of(standings.total, total_unit, "");
    for (const Eligibility& one : eligibility) {
        said.verdicts.push_back({
            one.candidate.id,
            one.candidate.name,
            one.award->id,
            verdict_text(one.finding),
        });
    }
    return said;
}

Changes changes_between(const Published& before, const Published& now) {
    return {
        differences(before.figures, now.figures),
        differences(before.verdicts, now.verdicts),
    };
}

}  // namespace thidua::rules
