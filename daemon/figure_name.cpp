// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/figure_name.hpp"

#include "rules/figure_id.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <set>

namespace thidua::daemon {
namespace {

/// Every unit that ever is, and the total.
std::set<std::string> unit_names(const std::vector<DatedUnit>& units) {
    std::set<std::string> names;
    for (const DatedUnit& unit : units) {
        names.insert(unit.code);
    }
    names.emplace(rules::total_unit);
    return names;
}

/// The newest slice by which a figure of that name has the id.
std::optional<std::int64_t> find_slice(
    const rules::FigureName& name, std::string_view id, std::int64_t newest_slice
) {
    if (!id.starts_with(rules::figure_id_stem(name))) {
        return std::nullopt;
    }
    for (std::int64_t slice = newest_slice; slice >= 0; --slice) {
        if (rules::figure_id(name, slice) == id) {
            return slice;
        }
    }
    return std::nullopt;
}

/// The newest figure of `day` that has the id.
std::optional<NamedFigure> find_on(
    Day day,
    const config::Settings& settings,
    const std::set<std::string>& units,
    std::string_view id,
    std::int64_t newest_slice
) {
    const Campaign& campaign = settings.campaign;
    for (const Indicator& indicator : campaign.indicators) {
        for (const std::string& unit : units) {
            const rules::FigureName name{campaign.id, indicator.id, unit, day};
            if (const auto slice = find_slice(name, id, newest_slice)) {
                return NamedFigure{&indicator, unit, day, *slice};
            }
        }
    }
    return std::nullopt;
}

}  // namespace

Result<NamedFigure> find_figure_name(
    const config::Settings& settings, std::string_view id, std::int64_t newest_slice
) {
    if (id.size() != rules::figure_id_length || !id.starts_with('F')) {
        return fail(
            ErrorKind::Usage,
            fmt::format(
                "explain: '{}' is no figure's id; they have {} letters and look like F7K2Q9XAM",
                id,
                rules::figure_id_length
            )
        );
    }
    // There are few names and few slices, so that trying them all takes no longer than reading the
    // answer.
    const std::set<std::string> units = unit_names(settings.units);
    const Campaign& campaign = settings.campaign;
    for (Day day = campaign.end; day >= campaign.start; day -= std::chrono::days{1}) {
        if (auto found = find_on(day, settings, units, id, newest_slice)) {
            return *std::move(found);
        }
    }
    return fail(
        ErrorKind::Usage,
        fmt::format(
            "explain: no figure {} of campaign {} from this store; an id comes with the figure in "
            "'thidua standings --json' and in an edition's manifest",
            id,
            campaign.id
        )
    );
}

}  // namespace thidua::daemon
