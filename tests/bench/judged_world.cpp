// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/judged_world.hpp"

#include "tests/config/workspace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>
#include <utility>

namespace thidua::bench {
namespace {

constexpr int units_a_department = 100;
constexpr int procedures_count = 1'800;
constexpr int procedures_a_unit = 5;
constexpr int dossiers_a_unit = 100;

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

std::string code_of(int unit) {
    return fmt::format("H37.{}.{}", unit / units_a_department + 1, unit % units_a_department);
}

int procedure_of(int unit, int number) {
    return (unit * procedures_a_unit + number) * 7 % procedures_count;
}

}  // namespace

void require(bool holds, const char* what) {
    if (!holds) {
        fmt::print(stderr, "bench: {}\n", what);
        std::exit(1);
    }
}

World::World(int units) : unit_count(units) {
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

rules::StandingsInput World::input(
    const Campaign& judged, std::span<const rules::IndicatorTallies> tallies
) const {
    return {judged, organisation, procedures, tallies, sources, as_of, {}};
}

std::vector<rules::IndicatorTallies> World::shared(std::span<const Tally> tallies) const {
    std::vector<rules::IndicatorTallies> each;
    for (const Indicator& indicator : campaign.indicators) {
        each.push_back({indicator.id, tallies});
    }
    return each;
}

int World::below(int limit) {
    return static_cast<int>(random_() % static_cast<unsigned>(limit));
}

/// The root, departments, and what is below each of them; all but the root are ranked.
void World::make_units() {
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

void World::make_procedures() {
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

std::vector<Tally> World::make_tallies() {
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
std::vector<Tally> World::sum_of_weeks(std::int64_t more) const {
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

}  // namespace thidua::bench
