// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/grounds.hpp"

#include "daemon/procedures.hpp"
#include "daemon/units.hpp"

#include <algorithm>
#include <utility>

namespace thidua::daemon {

Result<std::vector<SourceStatus>> source_statuses(
    SharedStore& store, const config::Settings& settings, Instant known_at
) {
    std::vector<SourceStatus> sources;
    for (const config::SourceSettings& source : settings.sources) {
        auto status = store.call([&](store::Store& open) {
            return open.source_status(
                source.description.name, source.description.expect.freshness, known_at
            );
        });
        if (!status) {
            return std::unexpected(status.error());
        }
        status->title = source.description.title;
        sources.push_back(*std::move(status));
    }
    return sources;
}

Result<Grounds> grounds_of(
    SharedStore& store, const config::Settings& settings, Day as_of, Instant known_at
) {
    const Campaign& campaign = settings.campaign;
    const Day day = std::min(as_of, campaign.end);
    if (day < campaign.start) {
        return fail(
            ErrorKind::Usage,
            thidua::to_text(day) + " is before the campaign, which begins on " +
                thidua::to_text(campaign.start)
        );
    }
    // Units as they were on that day, so that an old day keeps the structure of its time.
    const auto units = units_known(store, settings);
    auto organisation = units ? organisation_on(*units, day) : std::unexpected(units.error());
    if (!organisation) {
        return std::unexpected(organisation.error());
    }
    auto sources = source_statuses(store, settings, known_at);
    if (!sources) {
        return std::unexpected(sources.error());
    }
    auto procedures = procedures_known(store, settings, known_at);
    if (!procedures) {
        return std::unexpected(procedures.error());
    }
    return Grounds{day, *std::move(organisation), *std::move(procedures), *std::move(sources)};
}

}  // namespace thidua::daemon
