// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/gap.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <random>
#include <string>

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

/// Steps up from `from` to the least k that passes.
template <class Passes>
std::int64_t least_from(std::int64_t from, Passes passes) {
    while (!passes(from)) {
        ++from;
    }
    return from;
}

const Share shares[] = {{9, 20}, {9, 10}, {1, 3}, {4553, 10'000}, {97, 101}};

/// Every target, with every N of each D up to 500.
void for_all_figures(const std::function<void(const Ratio&, const Target&)>& look) {
    for (const Share& share : shares) {
        for (const auto op : {TargetOperator::Above, TargetOperator::AtLeast}) {
            for (std::int64_t whole = 1; whole <= 500; ++whole) {
                for (std::int64_t part = 0; part <= whole; ++part) {
                    look({part, whole}, target(op, share));
                }
            }
        }
    }
}

/// k is the least that passes: it does, and one less does not.
template <class Passes>
bool is_least(std::optional<std::int64_t> k, Passes passes) {
    return k && *k >= 0 && passes(*k) && (*k == 0 || !passes(*k - 1));
}

TEST(Gap, EqualsCountingByHandForAllSmallFigures) {
    std::int64_t wrong = 0;
    for_all_figures([&](const Ratio& counts, const Target& wanted) {
        const auto [part, whole] = counts;
        wrong += is_least(
                     convert_needed(counts, wanted),
                     [&](std::int64_t k) { return is_past(part + k, whole, wanted); }
                 )
                     ? 0
                     : 1;
        wrong += is_least(
                     new_all_online_needed(counts, wanted),
                     [&](std::int64_t k) { return is_past(part + k, whole + k, wanted); }
                 )
                     ? 0
                     : 1;
    });
    EXPECT_EQ(wrong, 0);
    // What passes with k passes with more, so the least is the only k with that property; and a few
    // are counted up to.
    for (std::int64_t part = 0; part <= 400; part += 40) {
        const Target above_45 = target(TargetOperator::Above, {9, 20});
        EXPECT_EQ(convert_needed({part, 400}, above_45), least_from(0, [&](std::int64_t k) {
                      return is_past(part + k, 400, above_45);
                  }));
        EXPECT_EQ(new_all_online_needed({part, 400}, above_45), least_from(0, [&](std::int64_t k) {
                      return is_past(part + k, 400 + k, above_45);
                  }));
    }
}

TEST(Gap, EqualsCountingByHandForRandomTargets) {
    std::mt19937 random(20241018);  // NOLINT: the same figures each time
    const auto below = [&](std::int64_t limit) {
        return std::uniform_int_distribution<std::int64_t>(0, limit)(random);
    };
    for (int round = 0; round < 20'000; ++round) {
        const std::int64_t of = 1 + below(9'999);
        const Target wanted = target(
            round % 2 == 0 ? TargetOperator::Above : TargetOperator::AtLeast, {below(of - 1), of}
        );
        const std::int64_t whole = 1 + below(5'000);
        const std::int64_t part = below(whole);
        const std::string what = std::to_string(part) + "/" + std::to_string(whole) + " against " +
                                 to_text(wanted.value);
        ASSERT_TRUE(is_least(convert_needed({part, whole}, wanted), [&](std::int64_t k) {
            return is_past(part + k, whole, wanted);
        })) << what;
        ASSERT_TRUE(is_least(new_all_online_needed({part, whole}, wanted), [&](std::int64_t k) {
            return is_past(part + k, whole + k, wanted);
        })) << what;
    }
}

TEST(Gap, WhatIsExpectedEqualsCountingByHandForAllSmallFigures) {
    std::int64_t wrong = 0;
    for_all_figures([&](const Ratio& counts, const Target& wanted) {
        const std::int64_t volume = (counts.numerator * 7 + counts.denominator) % 61 + 1;
        const auto need = needed_of_expected(counts, wanted, volume);
        const auto passes = [&](std::int64_t online) {
            return is_past(counts.numerator + online, counts.denominator + volume, wanted);
        };
        const bool is_right = need && need->volume == volume && is_least(need->least, passes) &&
                              need->is_feasible == passes(volume);
        // The bound is the share itself: a number of cases passes exactly if it is past it.
        bool is_bound = is_right;
        for (std::int64_t online = 0; is_bound && online <= volume; ++online) {
            const auto order = online * need->bound.denominator <=> need->bound.numerator * volume;
            const bool is_past_it =
                order > 0 || (order == 0 && wanted.op == TargetOperator::AtLeast);
            is_bound = is_past_it == passes(online);
        }
        wrong += is_bound ? 0 : 1;
    });
    EXPECT_EQ(wrong, 0);
}

TEST(Gap, TheShareNeededIsExactAndInLowestTerms) {
    const Target above_45 = target(TargetOperator::Above, {9, 20});
    // (0.45 * 500 - 120) / 100 = 105 / 100
    EXPECT_EQ(
        needed_of_expected({120, 400}, above_45, 100), (ExpectedNeed{100, {21, 20}, 106, false})
    );
    // (0.45 * 520 - 180) / 120 = 54 / 120: exactly that does not pass
    EXPECT_EQ(
        needed_of_expected({180, 400}, above_45, 120), (ExpectedNeed{120, {9, 20}, 55, true})
    );
    EXPECT_EQ(
        needed_of_expected({180, 400}, target(TargetOperator::AtLeast, {9, 20}), 120),
        (ExpectedNeed{120, {9, 20}, 54, true})
    );
    // Even if none of them is online: (0.45 * 410 - 200) / 10 = -15.5 / 10
    EXPECT_EQ(needed_of_expected({200, 400}, above_45, 10), (ExpectedNeed{10, {-31, 20}, 0, true}));
    EXPECT_EQ(needed_of_expected({0, 0}, above_45, 10), std::nullopt);
    EXPECT_EQ(needed_of_expected({1, 2}, above_45, 0), std::nullopt);
}

TEST(Gap, ConvertingIsPossibleOnlyWithAsManyCases) {
    EXPECT_TRUE(can_convert({120, 400}, 280));
    EXPECT_FALSE(can_convert({120, 400}, 281));
    const Target all = target(TargetOperator::Above, {1, 1});
    EXPECT_FALSE(can_convert({3, 4}, *convert_needed({3, 4}, all)));
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
