// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/gap.hpp"

#include <gtest/gtest.h>

namespace thidua::rules {
namespace {

bool is_past(std::int64_t numerator, std::int64_t denominator, const Target& target) {
    const auto order = compare(Ratio{numerator, denominator}, target.value);
    return order > 0 || (order == 0 && target.op == TargetOperator::AtLeast);
}

Target target(TargetOperator op, Share value) {
    Target made;
    made.op = op;
    made.value = value;
    return made;
}

/// Counts up one by one until the target is passed.
std::int64_t by_hand(const Ratio& counts, const Target& wanted, bool grows) {
    std::int64_t more = 0;
    while (!is_past(counts.numerator + more, counts.denominator + (grows ? more : 0), wanted)) {
        ++more;
    }
    return more;
}

TEST(Gap, EqualsCountingByHandForAllSmallFigures) {
    const Target targets[] = {
        target(TargetOperator::Above, {9, 20}),
        target(TargetOperator::Above, {9, 10}),
        target(TargetOperator::AtLeast, {9, 20}),
        target(TargetOperator::AtLeast, {1, 3}),
    };
    for (const Target& wanted : targets) {
        for (std::int64_t whole = 1; whole <= 500; ++whole) {
            for (std::int64_t part = 0; part <= whole; part += whole > 60 ? 7 : 1) {
                const Ratio counts{part, whole};
                ASSERT_EQ(convert_needed(counts, wanted), by_hand(counts, wanted, false))
                    << part << "/" << whole;
                ASSERT_EQ(new_all_online_needed(counts, wanted), by_hand(counts, wanted, true))
                    << part << "/" << whole;
            }
        }
    }
}

TEST(Gap, HasTheFiguresOfTheExamples) {
    const Target above_45 = target(TargetOperator::Above, {9, 20});
    EXPECT_EQ(convert_needed({120, 400}, above_45), 61);
    EXPECT_EQ(new_all_online_needed({120, 400}, above_45), 110);
    EXPECT_EQ(convert_needed({180, 400}, above_45), 1);
    EXPECT_EQ(new_all_online_needed({180, 400}, above_45), 1);
}

TEST(Gap, IsUnsaidWhereItMeansNothing) {
    const Target all = target(TargetOperator::Above, {1, 1});
    EXPECT_EQ(convert_needed({0, 0}, all), std::nullopt);
    EXPECT_EQ(new_all_online_needed({3, 4}, all), std::nullopt);
    EXPECT_EQ(new_all_online_needed({4, 4}, target(TargetOperator::AtLeast, {1, 1})), 0);
}

}  // namespace
}  // namespace thidua::rules
