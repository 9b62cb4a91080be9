// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/standings_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace thidua::daemon {
namespace {

/// Columns a text takes on a terminal: its letters in NFC, not its bytes.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char letter) {
        return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U;
    }));
}

std::string padded(const std::string& text, std::size_t width) {
    const std::size_t used = width_of(text);
    return text + std::string(used < width ? width - used : 0, ' ');
}

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

using Row = std::vector<std::string>;

Row unit_row(const rules::UnitStanding& unit) {
    Row row{
        unit.rank ? std::to_string(*unit.rank) : "",
        unit.code,
        std::string(2 * static_cast<std::size_t>(unit.depth), ' ') + unit.name};
    for (const rules::Figure& figure : unit.figures) {
        row.push_back(figure_text(figure));
    }
    return row;
}

std::string render(const std::vector<Row>& rows) {
    std::vector<std::size_t> widths(rows.front().size(), 0);
    for (const Row& row : rows) {
        for (std::size_t at = 0; at < row.size(); ++at) {
            widths[at] = std::max(widths[at], width_of(row[at]));
        }
    }
    std::string text;
    for (const Row& row : rows) {
        std::string line;
        for (std::size_t at = 0; at < row.size(); ++at) {
            line += padded(row[at], widths[at]) + "  ";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
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
    std::vector<Row> rows{{"rank", "unit", "name"}};
    for (const Indicator& indicator : campaign.indicators) {
        const Target* general = target_on(campaign, indicator.id, "", standings.as_of);
        rows.front().push_back(indicator.id + (general == nullptr ? "" : target_text(*general)));
    }
    for (const rules::UnitStanding& unit : standings.units) {
        rows.push_back(unit_row(unit));
    }
    Row total = unit_row(standings.total);
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
           render(rows) + "\n" + sources_text(standings);
}

}  // namespace thidua::daemon
