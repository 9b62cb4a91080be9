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
#include <vector>

namespace thidua::rules {

/// A figure as it was published.
struct PublishedFigure {
    std::string unit;       ///< code; of the total: its own
    std::string unit_name;  ///< of then
    std::string indicator;  ///< id
    std::optional<Ratio> counts;
    std::string verdict;  ///< as to_text(Verdict); empty: none

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
    std::vector<PublishedFigure> figures;
    std::vector<PublishedVerdict> verdicts;

    friend bool operator==(const Published&, const Published&) = default;
};

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

/// What differs, in the order of `now`, then what is in `before` alone. Names do not count.
[[nodiscard]] Changes changes_between(const Published& before, const Published& now);

}  // namespace thidua::rules
