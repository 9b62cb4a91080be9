// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/overview.hpp"

#include "daemon/absence.hpp"
#include "daemon/grounds.hpp"
#include "daemon/hand_over.hpp"
#include "daemon/job_names.hpp"
#include "daemon/ledger_notices.hpp"
#include "daemon/surroundings.hpp"
#include "store/purge.hpp"
#include "store/writer_lock.hpp"

#include <algorithm>
#include <utility>

namespace thidua::daemon {
namespace {

/// A digest that must have ended and has not.
void add_absence(
    const config::Settings& settings, const Surroundings& around, std::vector<Notice>& notices
) {
    const auto expected = expected_digest(settings, around.now);
    if (!expected) {
        return;
    }
    const store::Slot* newest = newest_slot(around.slots, digest_job_name);
    const AbsenceLook look{
        newest == nullptr ? std::nullopt : std::optional(*newest), /*witness=*/std::nullopt};
    if (presence_of(*expected, look) != Presence::Ended) {
        notices.push_back(absence_notice(settings, *expected, look, around.now));
    }
}

Result<void> add_sources(const Service& service, Overview& overview) {
    auto sources = source_statuses(service.store, service.settings, overview.around.now);
    auto pulls = service.store.call([](store::Store& store) {
        return store.pulls({store::PullQuery::Which::LastOfEachSource, ""});
    });
    const auto purged =
        service.store.call([](store::Store& store) { return store::purged_at(store); });
    if (!sources || !pulls || !purged) {
        return std::unexpected(
            !sources ? sources.error()
            : !pulls ? pulls.error()
                     : purged.error()
        );
    }
    overview.sources = *std::move(sources);
    overview.pulls = *std::move(pulls);
    overview.purged_at = *purged;
    return {};
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
    overview.mails_waiting = std::ranges::count_if(overview.around.mail, [](const auto& mail) {
        return mail.next_at.has_value();
    });
    overview.notices = find_notices(nullptr, service.settings, overview.around).standing;
    add_absence(service.settings, overview.around, overview.notices);
    auto added = add_sources(service, overview);
    return added ? Result<Overview>(std::move(overview)) : std::unexpected(added.error());
}

}  // namespace thidua::daemon
