// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What judging costs for 10,000 units, on one core, once the store has counted: standings and
// ranks, gaps and paces, the other readings, and the four awards of the plan of Lạng Sơn for each
// unit and as many officers. Everything is invented, and the same each time. scripts/bench runs
// it; the bound is in table.py.
//
//   thidua_bench_rules [units]
//
// Ends with 1 if what comes out cannot be true.
#include "rules/actions.hpp"
#include "rules/award.hpp"
#include "rules/sensitivity.hpp"
#include "tests/bench/judged_world.hpp"
#include "tests/bench/measurement.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace thidua::bench {
namespace {

/// What the council has said of each candidate: its own, as the store hands them over.
std::vector<Decision> decisions_of(const std::string& candidate) {
    std::vector<Decision> decisions;
    for (const char* key : {"content/2/met", "content/3/met", "giay-khen/collective/1"}) {
        decisions.push_back({candidate, key, Outcome::Met, "hoi-dong", "An", {}});
    }
    return decisions;
}

/// Every award for every unit, and as many officers; how many of them have been met.
std::int64_t evaluate_awards(
    const World& world,
    const rules::Standings& standings,
    const std::vector<std::vector<Decision>>& decisions
) {
    std::int64_t met = 0;
    for (std::size_t at = 0; at < standings.units.size(); ++at) {
        const rules::UnitStanding& unit = standings.units[at];
        for (const Award& award : world.campaign.plan.awards) {
            for (const AwardRule& rule : award.rules) {
                const bool is_unit = rule.subject == Subject::Collective;
                const auto figures =
                    is_unit ? std::span(unit.figures) : std::span<const rules::Figure>{};
                const rules::Candidate candidate{unit.code, unit.name, rule.subject, figures};
                const auto finding =
                    rules::evaluate({world.campaign, award, rule, candidate, decisions[at]});
                met += finding.value == rules::Value::Met ? 1 : 0;
            }
        }
    }
    return met;
}

class Bench {
  public:
    explicit Bench(const World& world) : world_(world) {}

    void run() {
        const auto summed = world_.shared(world_.summed);
        const auto weekly = world_.shared(world_.by_week);
        rules::Standings standings;
        take("standings", [&] {
            standings = rules::measure(world_.input(world_.campaign, summed));
        });
        rules::Actions actions;
        take("actions", [&] {
            actions = rules::find_actions(world_.input(world_.campaign, weekly), standings);
        });
        std::size_t flips = 0;
        take("sensitivity", [&] { flips = count_flips(standings); });
        std::vector<std::vector<Decision>> decisions;
        for (const rules::UnitStanding& unit : standings.units) {
            decisions.push_back(decisions_of(unit.code));
        }
        std::int64_t met = 0;
        take("awards", [&] { met = evaluate_awards(world_, standings, decisions); });
        require(
            std::ranges::count_if(
                standings.units,
                [](const rules::UnitStanding& unit) { return unit.rank.has_value(); }
            ) == world_.unit_count,
            "not everybody is ranked"
        );
        require(actions.units.front().front().pace.has_value(), "the root has no pace");
        require(flips > 0 && met > 0, "nobody's verdict flips, or nobody has reached an award");
        measurement_.add(all_).add("tallies", std::ssize(world_.by_week)).print();
    }

  private:
    template <class Step>
    void take(const std::string& name, Step step) {
        Stopwatch watch;
        watch.start();
        all_.start();
        step();
        all_.stop();
        watch.stop();
        measurement_.add(name + "_s", watch.cpu_seconds());
    }

    /// Tallies of payments are counted once more for the other reading; the others are shared.
    [[nodiscard]] std::size_t count_flips(const rules::Standings& standings) const {
        const Campaign other = rules::with_other_readings(world_.campaign);
        std::vector<rules::IndicatorTallies> tallies;
        for (const Indicator& indicator : other.indicators) {
            const bool is_of_payments = indicator.kind == IndicatorKind::PaymentsOnline;
            tallies.push_back(
                {indicator.id, is_of_payments ? world_.through_both_gateways : world_.summed}
            );
        }
        const rules::Standings measured = rules::measure(world_.input(other, tallies));
        std::size_t flips = 0;
        for (const Indicator& indicator : other.indicators) {
            flips += rules::flips_of(indicator.id, standings, measured).size();
        }
        return flips;
    }

    const World& world_;
    Stopwatch all_;
    Measurement measurement_{"rules"};
};

}  // namespace
}  // namespace thidua::bench

int main(int argc, char** argv) {
    const int units = argc > 1 ? std::atoi(argv[1]) : 10'000;
    const thidua::bench::World world(std::clamp(units, 200, 100'000));
    thidua::bench::Bench(world).run();
    return 0;
}
