// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What must hold for every tree, every procedure whose level and fee change, and every tally. A
// failing seed is printed.
#include "rules/standings.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>

namespace thidua::rules {
namespace {

constexpr int days_of_window = 30;
constexpr std::uint32_t seeds = 200;

/// An agency, its campaign and what it received, each a function of the seed.
class Made {
  public:
    explicit Made(std::uint32_t seed) : random_(seed) {
        make_units();
        for (int number = 0; number < 8; ++number) {
            make_procedure("p" + std::to_string(number));
        }
        for (int count = 0; count < 150; ++count) {
            const std::int64_t received = below(4);
            const std::int64_t owing = below(static_cast<int>(received) + 1);
            tallies.push_back(
                {day(below(days_of_window)),
                 code_of(below(unit_count_ + 2)),
                 "p" + std::to_string(below(10)),  // two are in no catalogue
                 received,
                 below(static_cast<int>(received) + 1),
                 owing,
                 below(static_cast<int>(owing) + 1)}
            );
        }
        make_campaign();
        as_of = day(below(days_of_window));
    }

    static Day day(int number) { return *parse_day("2024-06-07") + std::chrono::days{number}; }

    [[nodiscard]] Standings standings(const std::vector<Tally>& counted) const {
        SourceStatus source;
        source.name = "tthc";
        source.state = SourceStatus::State::Fresh;
        source.past_limit = false;
        const std::vector sources{source};
        std::vector<IndicatorTallies> each;
        for (const Indicator& indicator : campaign.indicators) {
            each.push_back({indicator.id, counted});
        }
        return measure({campaign, organisation, procedures, each, sources, as_of, {}});
    }

    Organisation organisation;
    std::vector<Procedure> procedures;
    std::vector<Tally> tallies;
    Campaign campaign;
    Day as_of;

  private:
    int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

    /// A code, an alias, or one that no unit has.
    std::string code_of(int unit) {
        return (below(2) == 0 ? "u" : "alias-") + std::to_string(unit);
    }

    void make_units() {
        unit_count_ = 1 + below(12);
        std::vector<Unit> units;
        for (int number = 0; number < unit_count_; ++number) {
            const std::string name = std::to_string(number);
            std::optional<std::string> parent;
            if (number > 0) {
                parent = "u" + std::to_string(below(number));
            }
            units.push_back({"u" + name, name, parent, {"alias-" + name}});
        }
        organisation = *Organisation::create(std::move(units));
    }

    /// Days from a week before the window to a week after it, ascending.
    std::set<Day> some_days() {
        std::set<Day> days;
        for (int count = below(4); count > 0; --count) {
            days.insert(day(below(days_of_window + 14) - 7));
        }
        return days;
    }

    void make_procedure(std::string code) {
        Procedure procedure;
        procedure.code = std::move(code);
        for (int count = below(3); count > 0; --count) {
            procedure.units.push_back(code_of(below(unit_count_ + 1)));
        }
        for (const Day from : some_days()) {
            procedure.levels.push_back({from, static_cast<Level>(below(3))});
        }
        for (const Day from : some_days()) {
            procedure.fees.push_back({from, below(2) == 0});
        }
        procedures.push_back(std::move(procedure));
    }

    void make_campaign() {
        campaign.start = day(0);
        campaign.end = day(days_of_window - 1);
        for (const auto kind :
             {IndicatorKind::ServicesOnline,
              IndicatorKind::DossiersOnline,
              IndicatorKind::PaymentsOnline}) {
            for (const bool option : {false, true}) {
                Indicator indicator;
                indicator.id = std::string(to_text(kind)) + (option ? "-1" : "-0");
                indicator.kind = kind;
                indicator.system_of_record = "tthc";
                indicator.payment_record = "tthc";
                indicator.all_procedures = option;
                indicator.services =
                    option ? ServicesDenominator::Active : ServicesDenominator::Published;
                campaign.indicators.push_back(indicator);
                Target target;
                target.indicator = indicator.id;
                target.value = {9, 20};
                campaign.targets.push_back(target);
            }
        }
    }

    std::mt19937 random_;
    int unit_count_ = 0;
};

/// As the store sums what lies between two breaks.
std::vector<Tally> summed(const Made& made, const std::vector<Day>& breaks) {
    std::map<std::tuple<Day, std::string, std::string>, Tally> sums;
    for (const Tally& tally : made.tallies) {
        Day first = made.campaign.start;
        for (const Day next : breaks) {
            first = next <= tally.day ? std::max(first, next) : first;
        }
        Tally& sum = sums[{first, tally.unit_code, tally.procedure_code}];
        sum.day = first;
        sum.unit_code = tally.unit_code;
        sum.procedure_code = tally.procedure_code;
        sum.received += tally.received;
        sum.online += tally.online;
        sum.owing += tally.owing;
        sum.paid += tally.paid;
    }
    std::vector<Tally> all;
    for (auto& [key, sum] : sums) {
        all.push_back(std::move(sum));
    }
    return all;
}

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
