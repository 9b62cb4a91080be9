// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The alarm of absence: whether a weekly digest that must have ended has not. It shares neither
// process nor unit with the daemon, and takes whatever it cannot read for an alarm.
#pragma once

#include "config/settings.hpp"
#include "daemon/notice.hpp"
#include "store/ledger.hpp"
#include "store/witness.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace thidua::daemon {

/// A digest that must have ended by now.
struct ExpectedDigest {
    Instant slot;    ///< by the schedule
    Instant due_at;  ///< where a holiday moved it
    IsoWeek week;
};

/// The latest digest that was due at least `operator.absence_after` ago; nothing if none is
/// configured, or that one reports on no week of the campaign.
[[nodiscard]] std::optional<ExpectedDigest> expected_digest(
    const config::Settings& settings, Instant now
);

/// What could be found out about it.
struct AbsenceLook {
    Result<std::optional<store::Slot>> newest;  ///< of the digest's job; the error: why not
    std::optional<store::WitnessLine> witness;  ///< how far the ledger had come
};

/// Reads the ledger in one short transaction, and the witness beside it. A ledger that does not
/// answer within `limit` counts as one that cannot be read: what waits for it is left behind.
[[nodiscard]] AbsenceLook look_for_digest(
    const config::Settings& settings, std::chrono::milliseconds limit
);

enum class Presence { Ended, Absent, Unreadable };

[[nodiscard]] Presence presence_of(const ExpectedDigest& expected, const AbsenceLook& look);

/// What is told of it: of an absence, and that it is over. Pure.
[[nodiscard]] Notice absence_notice(
    const config::Settings& settings,
    const ExpectedDigest& expected,
    const AbsenceLook& look,
    Instant now
);

}  // namespace thidua::daemon
