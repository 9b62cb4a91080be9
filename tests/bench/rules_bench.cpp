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
#include "tests/bench/measurement.hpp"
#include "tests/config/workspace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace thidua::bench {
namespace {

constexpr int units_a_department = 100;
constexpr int procedures_count = 1'800;
constexpr int procedures_a_unit = 5;
constexpr int dossiers_a_unit = 100;

void require(bool holds, const char* what) {
    if (!holds) {
        fmt::print(stderr, "rules_bench: {}\n", what);
        std::exit(1);
    }
}

Campaign shipped_campaign() {
    const config::Workspace workspace;
    copy_file(
        config::repository() / "config/campaigns/langson-2024.yaml",
        workspace.folder() / "campaign.yaml",
        std::filesystem::copy_options::overwrite_existing
    );
    const auto settings = config::load(workspace.root());
    require(settings.has_value(), "the campaign does not load");
    return settings->campaign;
}

/// The units, what they answer for and what they received by the last Sunday of October.
class World {
  public:
    explicit World(int units) : unit_count(units) {
        campaign = shipped_campaign();
        for (Indicator& indicator : campaign.indicators) {
            indicator.payment_record = indicator.system_of_record;
        }
        SourceStatus source;
        source.name = campaign.indicators.front().system_of_record;
        source.state = SourceStatus::State::Fresh;
        source.past_limit = false;
        sources = {source};
        as_of = *parse_day("2024-10-27");
        make_units();
        make_procedures();
        by_week = make_tallies();
        summed = sum_of_weeks(0);
        through_both_gateways = sum_of_weeks(1);
    }

    [[nodiscard]] rules::StandingsInput input(
        const Campaign& judged, std::span<const rules::IndicatorTallies> tallies
    ) const {
        return {judged, organisation, procedures, tallies, sources, as_of, {}};
    }

    [[nodiscard]] std::vector<rules::IndicatorTallies> shared(std::span<const Tally> tallies
    ) const {
        std::vector<rules::IndicatorTallies> each;
        for (const Indicator& indicator : campaign.indicators) {
            each.push_back({indicator.id, tallies});
        }
        return each;
    }

    int unit_count;
    Campaign campaign;
    Organisation organisation;
    std::vector<Procedure> procedures;
    std::vector<SourceStatus> sources;
    std::vector<Tally> by_week;
    std::vector<Tally> summed;
    std::vector<Tally> through_both_gateways;
    Day as_of;

  private:
    int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

    static std::string code_of(int unit) {
        return fmt::format("H37.{}.{}", unit / units_a_department + 1, unit % units_a_department);
    }

    /// The root, departments, and what is below each of them; all but the root are ranked.
    void make_units() {
        std::vector<Unit> units{{"H37", "Sở", std::nullopt, {}}};
        for (int number = 0; number < unit_count; ++number) {
            const bool is_department = number % units_a_department == 0;
            const int department = number - number % units_a_department;
            units.push_back(
                {code_of(number),
                 fmt::format("Đơn vị {}", number),
                 is_department ? "H37" : code_of(department),
                 {}}
            );
            campaign.ranked_units.push_back({code_of(number), {}});
        }
        organisation = *Organisation::create(std::move(units));
    }

    static int procedure_of(int unit, int number) {
        return (unit * procedures_a_unit + number) * 7 % procedures_count;
    }

    void make_procedures() {
        for (int number = 0; number < procedures_count; ++number) {
            Procedure procedure;
            procedure.code = fmt::format("1.{:06}", number);
            procedure.levels = {{campaign.start, Level::Full}};
            procedure.fees = {{campaign.start, number % 3 != 0}};
            procedures.push_back(std::move(procedure));
        }
        for (int unit = 0; unit < unit_count; ++unit) {
            for (int number = 0; number < procedures_a_unit; ++number) {
                procedures[static_cast<std::size_t>(procedure_of(unit, number))].units.push_back(
                    code_of(unit)
                );
            }
        }
    }

    std::vector<Tally> make_tallies() {
        const int weeks = static_cast<int>((as_of - campaign.start) / std::chrono::weeks{1});
        const Day monday = monday_of(week_of(campaign.start)) + std::chrono::weeks{1};
        std::map<std::tuple<int, int, int>, Tally> tallies;
        for (int unit = 0; unit < unit_count; ++unit) {
            const int eagerness = below(100);
            for (int dossier = 0; dossier < dossiers_a_unit; ++dossier) {
                const int week = below(weeks);
                const int procedure = procedure_of(unit, below(procedures_a_unit));
                Tally& tally = tallies[{unit, procedure, week}];
                tally.day = monday + std::chrono::weeks{week};
                tally.unit_code = code_of(unit);
                tally.procedure_code = procedures[static_cast<std::size_t>(procedure)].code;
                ++tally.received;
                ++tally.owing;
                tally.online += below(100) < eagerness ? 1 : 0;
                tally.paid += below(100) < eagerness ? 1 : 0;
            }
        }
        std::vector<Tally> all;
        for (auto& [key, tally] : tallies) {
            all.push_back(std::move(tally));
        }
        std::ranges::shuffle(all, random_);
        return all;
    }

    /// As the store counts where no week has to be told apart; `more` of what is owed is paid.
    [[nodiscard]] std::vector<Tally> sum_of_weeks(std::int64_t more) const {
        std::map<std::pair<std::string, std::string>, Tally> sums;
        for (const Tally& tally : by_week) {
            Tally& sum = sums[{tally.unit_code, tally.procedure_code}];
            sum.day = campaign.start;
            sum.unit_code = tally.unit_code;
            sum.procedure_code = tally.procedure_code;
            sum.received += tally.received;
            sum.online += tally.online;
            sum.owing += tally.owing;
            sum.paid += tally.paid;
        }
        std::vector<Tally> all;
        for (auto& [key, sum] : sums) {
            sum.paid = std::min(sum.owing, sum.paid + more);
            all.push_back(std::move(sum));
        }
        return all;
    }

    std::mt19937 random_{1};
};

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
