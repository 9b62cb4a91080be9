// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Tells a watch outside this machine that the weekly digest has begun and how it ended, so that
// silence is noticed there.
#pragma once

#include "config/settings.hpp"
#include "store/ledger.hpp"
#include "store/notices.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::daemon {

/// A ping that is to be made now.
struct SlotPing {
    store::NoticeRow row;  ///< how far the slot has been told: open, told (begun), closed (ended)
    std::string_view suffix;  ///< "/start", "", "/fail"
};

/// What is to be told of the digest's latest slot; nothing if all is told, or a ping that failed is
/// not to be tried again yet. `row` is that of slot_ping_key, if there is one. A slot that ended
/// more than a day ago is not told of any more.
[[nodiscard]] std::optional<SlotPing> slot_ping(
    const config::Settings& settings,
    const std::vector<store::Slot>& slots,
    const std::optional<store::NoticeRow>& row,
    Instant now
);

/// `told` is how it went; an end that could not be told is given up after some hours.
[[nodiscard]] store::NoticeRow after_ping(
    const SlotPing& ping, const Result<void>& told, Instant now
);

/// A UUID that stands for the slot: start and end of a run have the same.
[[nodiscard]] std::string run_id(Instant slot);

inline constexpr std::string_view slot_ping_key = "ping:digest:weekly";

}  // namespace thidua::daemon
