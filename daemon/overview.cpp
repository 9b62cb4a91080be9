// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/overview.hpp"

#include "daemon/absence.hpp"
#include "daemon/hand_over.hpp"
#include "daemon/surroundings.hpp"
#include "store/purge.hpp"
#include "store/writer_lock.hpp"

#include <chrono>
#include <utility>

namespace thidua::daemon {
namespace {

/// A ledger that does not answer for so long counts as one that cannot be read.
constexpr std::chrono::seconds absence_limit{10};

/// A digest that must have ended and has not.
void add_absence(const config::Settings& settings, Instant now, std::vector<Notice>& notices) {
    const auto expected = expected_digest(settings, now);
    if (!expected) {
        return;
    }
    const AbsenceLook look = look_for_digest(settings, absence_limit);
    if (presence_of(*expected, look) != Presence::Ended) {
        notices.push_back(absence_notice(settings, *expected, look, now));
    }
}

Result<void> add_sources(const Service& service, Overview& overview) {
    return service.store.call([&](store::Store& store) -> Result<void> {
        for (const config::SourceSettings& source : service.settings.sources) {
            auto status = store.source_status(
                source.description.name, source.description.expect.freshness, overview.around.now
            );
            if (!status) {
                return std::unexpected(status.error());
            }
            overview.sources.push_back(*std::move(status));
        }
        auto pulls = store.pulls({store::PullQuery::Which::LastOfEachSource, ""});
        const auto purged = store::purged_at(store);
        if (!pulls || !purged) {
            return std::unexpected(pulls ? purged.error() : pulls.error());
        }
        overview.pulls = *std::move(pulls);
        overview.purged_at = *purged;
        return {};
    });
}

}  // namespace

Result<Overview> overview_of(const Service& service) {
    Overview overview;
    const auto holder = store::read_lock_holder(service.settings.store_path);
    if (holder && is_listening(*holder)) {
        overview.runs = holder->name;
    }
    overview.around = look_around(service);
    if (overview.around.store_error) {
        return std::unexpected(*overview.around.store_error);
    }
    overview.notices = find_notices(nullptr, service.settings, overview.around).standing;
    add_absence(service.settings, overview.around.now, overview.notices);
    auto added = add_sources(service, overview);
    return added ? Result<Overview>(std::move(overview)) : std::unexpected(added.error());
}

}  // namespace thidua::daemon
