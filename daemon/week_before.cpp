// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/week_before.hpp"

#include "daemon/digest_job.hpp"
#include "daemon/measure.hpp"

namespace thidua::daemon {

Result<WeekBefore> week_before(const Service& service, IsoWeek week, Instant now) {
    const Day sunday = monday_of(week) - std::chrono::days{1};
    WeekBefore before;
    if (sunday < service.settings.campaign.start) {
        return before;
    }
    auto digest = service.store.call([&](store::Store& store) {
        return store.find_edition(edition_id(week_of(sunday)));
    });
    if (!digest) {
        return std::unexpected(digest.error());
    }
    before.digest = *std::move(digest);
    auto standings = standings_of(
        service.store, service.settings, sunday, before.digest ? before.digest->known_at : now
    );
    if (!standings) {
        return std::unexpected(standings.error());
    }
    before.standings = *std::move(standings);
    return before;
}

}  // namespace thidua::daemon
