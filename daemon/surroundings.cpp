// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/surroundings.hpp"

#include "core/file.hpp"
#include "core/free_space.hpp"
#include "store/notices.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace thidua::daemon {
namespace {

/// Older editions' mail is history: who did not get it was told of then.
constexpr std::chrono::days mail_looked_at{14};

}  // namespace

Surroundings look_around(const Service& service) {
    Surroundings around;
    around.now = service.clock.now();
    const auto read = service.store.call([&](store::Store& store) -> Result<void> {
        auto slots = store.newest_slots();
        auto mail = store::mail_troubles(store, around.now - mail_looked_at);
        auto sources = store::sources_pulled_well(store);
        auto rows = store::notices(store);
        auto uploads = store::uploads(store, around.now);
        const auto head = store.audit_head();
        if (!slots || !mail || !sources || !rows || !uploads || !head) {
            return std::unexpected(
                !slots     ? slots.error()
                : !mail    ? mail.error()
                : !sources ? sources.error()
                : !rows    ? rows.error()
                : !uploads ? uploads.error()
                           : head.error()
            );
        }
        around.slots = *std::move(slots);
        around.mail = *std::move(mail);
        around.sources_pulled_well = *std::move(sources);
        std::ranges::copy_if(*rows, std::back_inserter(around.untold_leaders), [](const auto& row) {
            return row.key.starts_with(store::leaders_prefix) && row.state == "open" &&
                   row.attempts > 0;
        });
        std::ranges::copy_if(*uploads, std::back_inserter(around.unfiled), [](const auto& upload) {
            return upload.state != "filed" && upload.attempts > 0;
        });
        around.recorded_until = head->at;
        return {};
    });
    if (!read) {
        around.store_error = read.error();
    }
    if (const auto space = free_space(folder_of(service.settings.store_path))) {
        around.free_bytes = space->bytes;
    }
    return around;
}

}  // namespace thidua::daemon
