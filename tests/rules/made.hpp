// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// An agency, its campaign and what it received, each a function of a seed: for what must hold for
// every tree, every procedure whose level and fee change, and every tally.
#pragma once

#include "rules/standings.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace thidua::rules {

class Made {
  public:
    explicit Made(std::uint32_t seed, int days = 30) : days_(days), random_(seed) {
        make_units();
        for (int number = 0; number < 8; ++number) {
            make_procedure("p" + std::to_string(number));
        }
        for (int count = 0; count < 150; ++count) {
            const std::int64_t received = below(4);
            const std::int64_t owing = below(static_cast<int>(received) + 1);
            tallies.push_back(
                {day(below(days_)),
                 code_of(below(unit_count_ + 2)),
                 "p" + std::to_string(below(10)),  // two are in no catalogue
                 received,
                 below(static_cast<int>(received) + 1),
                 owing,
                 below(static_cast<int>(owing) + 1)}
            );
        }
        make_campaign();
        as_of = day(below(days_));
    }

    static Day day(int number) { return *parse_day("2024-06-07") + std::chrono::days{number}; }

    [[nodiscard]] Standings standings(const std::vector<Tally>& counted) const {
        std::vector<IndicatorTallies> each;
        return measure(input(counted, each));
    }

    /// Fills `each`, which must outlive what is given.
    [[nodiscard]] StandingsInput input(
        std::span<const Tally> counted, std::vector<IndicatorTallies>& each
    ) const {
        for (const Indicator& indicator : campaign.indicators) {
            each.push_back({indicator.id, counted});
        }
        return {campaign, organisation, procedures, each, sources_, as_of, {}};
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
            days.insert(day(below(days_ + 14) - 7));
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
        campaign.end = day(days_ - 1);
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

    static std::vector<SourceStatus> answering() {
        SourceStatus source;
        source.name = "tthc";
        source.state = SourceStatus::State::Fresh;
        source.past_limit = false;
        return {source};
    }

    int days_ = 30;
    std::mt19937 random_;
    int unit_count_ = 0;
    std::vector<SourceStatus> sources_ = answering();
};

/// As the store sums what lies between two breaks.
inline std::vector<Tally> summed(const Made& made, const std::vector<Day>& breaks) {
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

}  // namespace thidua::rules
