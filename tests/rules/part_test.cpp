// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/part.hpp"

#include <gtest/gtest.h>

namespace thidua::rules {
namespace {

UnitStanding unit_of(
    const std::string& code, std::optional<std::string> parent, int depth, Fitness fitness
) {
    UnitStanding unit;
    unit.code = code;
    unit.parent = std::move(parent);
    unit.depth = depth;
    unit.rank = depth == 1 ? std::optional(3) : std::nullopt;
    Figure figure;
    figure.id = "F" + code;
    figure.fitness = fitness;
    unit.figures = {figure};
    return unit;
}

/// A with B (b1, b2) and C (c1); C is in the middle of the list.
Standings tree() {
    Standings standings;
    standings.campaign = "mau";
    standings.sources = {SourceStatus{}};
    standings.unmapped = 7;
    standings.units = {
        unit_of("A", std::nullopt, 0, Fitness::Missing),
        unit_of("C", "A", 1, Fitness::Missing),
        unit_of("c1", "C", 2, Fitness::Missing),
        unit_of("B", "A", 1, Fitness::Reconciled),
        unit_of("b1", "B", 2, Fitness::Provisional),
        unit_of("b2", "B", 2, Fitness::Unreconciled)};
    return standings;
}

TEST(PartOf, HoldsTheUnitAndWhatIsBelowItAndNoOther) {
    const Standings part = part_of(tree(), "B");
    ASSERT_EQ(part.units.size(), 3U);
    EXPECT_EQ(part.units[0].code, "B");
    EXPECT_EQ(part.units[0].parent, std::nullopt) << "not even its parent's code";
    EXPECT_EQ(part.units[0].depth, 0);
    EXPECT_EQ(part.units[0].rank, 3) << "among all";
    EXPECT_EQ(part.units[1].code, "b1");
    EXPECT_EQ(part.units[1].depth, 1);
    EXPECT_EQ(part.total, part.units[0]);
    EXPECT_EQ(part.unmapped, 0) << "what is of no unit is not its own";
    EXPECT_EQ(part.sources.size(), 1U);
}

TEST(PartOf, IsAsFitAsTheUnitAndAsWhatIsNotFitBelowIt) {
    EXPECT_EQ(part_of(tree(), "B").fitness, Fitness::Unreconciled) << "not as C's";
    EXPECT_EQ(part_of(tree(), "b1").fitness, Fitness::Provisional);
    EXPECT_EQ(part_of(tree(), "A"), [] {
        Standings whole = tree();
        whole.unmapped = 0;
        whole.fitness = Fitness::Missing;
        whole.total = whole.units[0];
        return whole;
    }());
}

}  // namespace
}  // namespace thidua::rules
