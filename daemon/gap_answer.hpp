// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What separates each unit from its targets, in actions: as `thidua gap` answers it.
#pragma once

#include "rules/actions.hpp"
#include "rules/standings.hpp"

#include <boost/json.hpp>

#include <string>
#include <vector>

namespace thidua::daemon {

/// Views: what `input` is made of must outlive it. Each of its tallies must lie within one ISO
/// week.
class GapAnswer {
  public:
    explicit GapAnswer(const rules::StandingsInput& input);

    [[nodiscard]] bool has(const std::string& unit) const;

    /// As docs/schema/gap.schema.json describes it; stable. `unit`: only that one; empty: all.
    [[nodiscard]] boost::json::object as_json(const std::string& unit) const;

    /// For people, in Vietnamese.
    [[nodiscard]] std::string as_text(const std::string& unit) const;

  private:
    using Figures = std::vector<rules::FigureActions>;

    [[nodiscard]] boost::json::array figures_json(
        const rules::UnitStanding& unit, const Figures& figures
    ) const;
    [[nodiscard]] boost::json::array causes_json(const std::vector<rules::Cause>& causes) const;

    /// Null for what is in no catalogue.
    [[nodiscard]] const Procedure* find_procedure(const rules::Cause& cause) const;

    [[nodiscard]] std::string figures_text(const rules::UnitStanding& unit, const Figures& figures)
        const;
    [[nodiscard]] std::string figure_text(
        const rules::UnitStanding& unit,
        const Indicator& indicator,
        const rules::FigureActions& actions
    ) const;
    [[nodiscard]] std::string causes_text(const rules::FigureActions& actions, IndicatorKind kind)
        const;

    rules::StandingsInput input_;
    rules::Standings standings_;
    rules::Actions actions_;
};

}  // namespace thidua::daemon
