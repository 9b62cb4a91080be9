// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What an edition said, and how another one differs from it. Pure.
#pragma once

#include "core/ratio.hpp"
#include "rules/eligibility.hpp"
#include "rules/standings.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::rules {

/// A figure as it was published.
struct PublishedFigure {
    std::string unit;       ///< code; total_unit in Published::total
    std::string unit_name;  ///< of then
    std::string indicator;  ///< id
    std::optional<Ratio> counts;
    std::string verdict;  ///< as to_text(Verdict); empty: none
    Fitness fitness = Fitness::Missing;

    friend bool operator==(const PublishedFigure&, const PublishedFigure&) = default;
};

/// An award's verdict as it was published.
struct PublishedVerdict {
    std::string candidate;  ///< a unit's code, or an officer's id
    std::string candidate_name;
    std::string award;  ///< id
    std::string words;  ///< verdict_text()

    friend bool operator==(const PublishedVerdict&, const PublishedVerdict&) = default;
};

struct Published {
    std::vector<PublishedFigure> figures;  ///< of the units
    std::vector<PublishedVerdict> verdicts;
    std::vector<PublishedFigure> total = {};  ///< of the whole, whose name is empty

    friend bool operator==(const Published&, const Published&) = default;
};

/// The verdict of this name (to_text); nothing if there is none such.
[[nodiscard]] std::optional<Verdict> verdict_called(std::string_view name);

/// The fitness of this name; Missing if there is none such, as nobody may take it for more.
[[nodiscard]] Fitness fitness_called(std::string_view name);

/// What an edition of these would say.
[[nodiscard]] Published published(
    const Standings& standings, std::span<const Eligibility> eligibility
);

/// One side of a change is nothing where it was not in that edition.
template <class Thing>
struct Changed {
    std::optional<Thing> before;
    std::optional<Thing> now;

    friend bool operator==(const Changed&, const Changed&) = default;
};

struct Changes {
    std::vector<Changed<PublishedFigure>> figures;
    std::vector<Changed<PublishedVerdict>> verdicts;

    [[nodiscard]] bool is_empty() const { return figures.empty() && verdicts.empty(); }
    friend bool operator==(const Changes&, const Changes&) = default;
};

/// What differs, in the order of `now`, then what is in `before` alone. Names do not count, nor
/// does fitness, and the total is not looked at.
[[nodiscard]] Changes changes_between(const Published& before, const Published& now);

}  // namespace thidua::rules
