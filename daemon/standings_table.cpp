// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/standings_table.hpp"

#include "daemon/text_table.hpp"

#include <fmt/format.h>

#include <vector>

namespace thidua::daemon {
namespace {

std::string target_text(const Target& target) {
    return fmt::format(" ({} {})", to_text(target.op), to_text(target.value));
}

std::string figure_text(const rules::Figure& figure) {
    if (!figure.counts) {
        return "unknown";
    }
    std::string text = fmt::format("{}/{}", figure.counts->numerator, figure.counts->denominator);
    if (figure.verdict) {
        text += fmt::format(" {}", rules::to_text(*figure.verdict));
    }
    const bool has_own_target = figure.target && !figure.target->units.empty();
    return has_own_target ? text + target_text(*figure.target) : text;
}

TextRow unit_row(const rules::UnitStanding& unit) {
    TextRow row{
        unit.rank ? std::to_string(*unit.rank) : "",
        unit.code,
        std::string(2 * static_cast<std::size_t>(unit.depth), ' ') + unit.name};
    for (const rules::Figure& figure : unit.figures) {
        row.push_back(figure_text(figure));
    }
    return row;
}

std::string sources_text(const rules::Standings& standings) {
    std::string text;
    for (const SourceStatus& source : standings.sources) {
        text += fmt::format(
            "source {}: {}, data through {}\n",
            source.name,
            to_text(source.state),
            source.data_through ? to_text(*source.data_through) : "never"
        );
    }
    return text;
}

}  // namespace

std::string standings_table(const rules::Standings& standings, const Campaign& campaign) {
    std::vector<TextRow> rows{{"rank", "unit", "name"}};
    for (const Indicator& indicator : campaign.indicators) {
        const Target* general = target_on(campaign, indicator.id, "", standings.as_of);
        rows.front().push_back(indicator.id + (general == nullptr ? "" : target_text(*general)));
    }
    for (const rules::UnitStanding& unit : standings.units) {
        rows.push_back(unit_row(unit));
    }
    TextRow total = unit_row(standings.total);
    total[1] = "total";
    total[2] = fmt::format("with {} dossiers of unmapped units", standings.unmapped);
    rows.push_back(std::move(total));
    return fmt::format(
               "{} as of {}, known at {}, {}\n\n",
               standings.campaign,
               to_text(standings.as_of),
               to_text(standings.known_at),
               rules::to_text(standings.fitness)
           ) +
           text_table(rows) + "\n" + sources_text(standings);
}

}  // namespace thidua::daemon
