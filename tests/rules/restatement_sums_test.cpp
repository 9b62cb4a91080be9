// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "rules/restatement.hpp"
#include "tests/rules/changed_tallies.hpp"
#include "tests/rules/made.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <vector>

namespace thidua::rules {
namespace {

/// Some dossiers of the tallies are not there any more, others are paid, or another unit's.
std::vector<TallyChange> random_changes(const std::vector<Tally>& tallies, std::mt19937& random) {
    std::vector<TallyChange> changes;
    for (const Tally& tally : tallies) {
        if (tally.received == 0 || random() % 3 != 0) {
            continue;
        }
        const bool is_paid = tally.paid > 0;
        const std::int64_t owing = is_paid || tally.owing > 0 ? 1 : 0;
        const Tally one{
            tally.day,
            tally.unit_code,
            tally.procedure_code,
            1,
            tally.online > 0 ? 1 : 0,
            owing,
            is_paid ? 1 : 0};
        Tally now = one;
        now.unit_code = random() % 4 == 0 ? "u0" : now.unit_code;
        now.online = static_cast<std::int64_t>(random() % 2);
        now.paid = owing > 0 ? static_cast<std::int64_t>(random() % 2) : 0;
        switch (random() % 4) {
            case 0:
                changes.push_back({one, std::nullopt, true, random() % 2 == 0});
                break;
            case 1:
                changes.push_back({std::nullopt, now, random() % 2 == 0, true});
                break;
            default:
                changes.push_back({one, now, true, true});
        }
    }
    return changes;
}

// Whatever happens, the causes are what makes the difference, and none is unknown.
TEST(Restatements, AreTheSumOfTheirCauses) {
    std::size_t restated = 0;
    for (std::uint32_t seed = 0; seed < 60; ++seed) {
        SCOPED_TRACE(seed);
        const Made made(seed);
        std::mt19937 random(seed);
        const auto changes = random_changes(made.tallies, random);
        const std::vector<Tally> tallies = applied(made.tallies, changes);
        std::vector<IndicatorTallies> each_then;
        std::vector<IndicatorTallies> each_now;
        const StandingsInput then = made.input(made.tallies, each_then);
        const Standings now = measure(made.input(tallies, each_now));
        const Published said = published(measure(then), {});
        std::vector<ChangesSince> since;
        for (const Indicator& indicator : made.campaign.indicators) {
            since.push_back({indicator.id, changes});
        }
        for (const Restatement& one :
             find_restatements({said, now, true, then, made.organisation, made.procedures, since}
             )) {
            if (!one.figure.now->counts) {
                continue;
            }
            Ratio sum = *one.figure.before->counts;
            for (const CauseShare& cause : one.causes) {
                EXPECT_NE(cause.cause, RestatementCause::Unknown) << one.figure.now->unit;
                sum += {cause.numerator, cause.denominator};
            }
            EXPECT_EQ(sum, *one.figure.now->counts) << one.figure.now->unit;
            ++restated;
        }
    }
    EXPECT_GT(restated, 500U);
}

}  // namespace
}  // namespace thidua::rules
