// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What must hold for every tree, every procedure whose level and fee change, and every tally. A
// failing seed is printed.
#include "tests/rules/made.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace thidua::rules {
namespace {

constexpr std::uint32_t seeds = 200;

TEST(RandomTallies, BetweenTwoDaysOfChangeTheDayOfATallyMakesNoDifference) {
    int differ_without_breaks = 0;
    for (std::uint32_t seed = 0; seed < seeds; ++seed) {
        SCOPED_TRACE(seed);
        const Made made(seed);
        const Standings by_day = made.standings(made.tallies);
        EXPECT_EQ(made.standings(summed(made, days_of_change(made.procedures))), by_day);
        differ_without_breaks += made.standings(summed(made, {})) == by_day ? 0 : 1;
    }
    EXPECT_GT(differ_without_breaks, 100);  // or the test would prove little
}

/// Whether a code names a unit within `ancestor`; without one any code does.
bool belongs(const Made& made, const std::string& code, std::optional<std::size_t> ancestor) {
    const auto unit = made.organisation.find(code);
    if (!ancestor || !unit) {
        return !ancestor;
    }
    const auto above = made.organisation.lineage(*unit);
    return std::ranges::find(above, *ancestor) != above.end();
}

const Procedure* procedure_of(const Made& made, const std::string& code) {
    const auto place = std::ranges::find(made.procedures, code, &Procedure::code);
    return place == made.procedures.end() ? nullptr : &*place;
}

/// The definition of the indicator once more, word by word and slowly; without a unit the total.
Ratio counted_slowly(
    const Made& made, const Indicator& indicator, std::optional<std::size_t> unit
) {
    Ratio dossiers;
    std::set<std::string> received;
    std::set<std::string> online;
    for (const Tally& tally : made.tallies) {
        if (!belongs(made, tally.unit_code, unit)) {
            continue;
        }
        const Procedure* procedure = procedure_of(made, tally.procedure_code);
        if (indicator.kind == IndicatorKind::PaymentsOnline) {
            if (procedure != nullptr && is_fee_bearing(*procedure, tally.day)) {
                dossiers += {tally.paid, tally.owing};
            }
        } else if (indicator.all_procedures || (procedure != nullptr && is_online(*procedure, tally.day))) {
            dossiers += {tally.online, tally.received};
        }
        if (tally.received > 0) {
            received.insert(tally.procedure_code);
        }
        if (tally.online > 0) {
            online.insert(tally.procedure_code);
        }
    }
    if (indicator.kind != IndicatorKind::ServicesOnline) {
        return dossiers;
    }
    Ratio services;
    for (const Procedure& procedure : made.procedures) {
        const bool is_ours = std::ranges::any_of(procedure.units, [&](const std::string& code) {
            return made.organisation.find(code) && belongs(made, code, unit);
        });
        const bool is_active = received.contains(procedure.code);
        if (is_ours && is_online(procedure, made.as_of) &&
            (is_active || indicator.services == ServicesDenominator::Published)) {
            services += {online.contains(procedure.code) ? 1 : 0, 1};
        }
    }
    return services;
}

TEST(RandomTallies, EveryFigureIsWhatItsDefinitionSays) {
    for (std::uint32_t seed = 1000; seed < 1000 + seeds; ++seed) {
        SCOPED_TRACE(seed);
        const Made made(seed);
        const Standings standings = made.standings(made.tallies);
        std::int64_t unmapped = 0;
        for (const Tally& tally : made.tallies) {
            unmapped += made.organisation.find(tally.unit_code) ? 0 : tally.received;
        }
        EXPECT_EQ(standings.unmapped, unmapped);
        for (std::size_t at = 0; at < made.campaign.indicators.size(); ++at) {
            const Indicator& indicator = made.campaign.indicators[at];
            for (const UnitStanding& unit : standings.units) {
                EXPECT_EQ(
                    unit.figures[at].counts,
                    counted_slowly(made, indicator, made.organisation.find(unit.code))
                ) << unit.code
                  << ' ' << indicator.id;
            }
            EXPECT_EQ(
                standings.total.figures[at].counts, counted_slowly(made, indicator, std::nullopt)
            ) << indicator.id;
        }
    }
}

TEST(DaysOfChange, AreThoseOnWhichAnAnswerChanges) {
    const auto day = [](const char* text) { return *parse_day(text); };
    std::vector<Procedure> procedures(2);
    procedures[0].levels = {
        {day("2024-06-01"), Level::Information},
        {day("2024-07-10"), Level::Partial},
        {day("2024-08-01"), Level::Full},
        {day("2024-09-01"), Level::Information}};
    procedures[0].fees = {{day("2024-06-02"), false}, {day("2024-07-10"), true}};
    procedures[1].levels = {{day("2024-06-20"), Level::Full}};
    procedures[1].fees = {{day("2024-10-01"), true}, {day("2024-10-02"), true}};
    EXPECT_EQ(
        days_of_change(procedures),
        (std::vector{day("2024-06-20"), day("2024-07-10"), day("2024-09-01"), day("2024-10-01")})
    );
    EXPECT_TRUE(days_of_change({}).empty());
}

}  // namespace
}  // namespace thidua::rules
