// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The weekly digest, from a week to an edition in the ledger and in the folder.
#pragma once

#include "core/time.hpp"
#include "daemon/reported_week.hpp"
#include "daemon/service.hpp"
#include "store/ledger.hpp"

#include <optional>
#include <string>

namespace thidua::daemon {

/// The last day that a digest of `week` counts: its Sunday, or the campaign's end.
[[nodiscard]] Day last_day_of(const Campaign& campaign, IsoWeek week);

/// Whether an edition of `week` made at `made_at` says that it comes after its slot ("gửi bù").
/// There must be a digest.
[[nodiscard]] bool is_late_for(const config::Settings& settings, IsoWeek week, Instant made_at);

/// Id of the edition of `week`: weekly/2024-W42/all/1
[[nodiscard]] std::string edition_id(IsoWeek week);

/// The digest of `week` as it would be published now. Publishes nothing. At the very instant of the
/// published one it is made again, byte for byte, with the seal that it had.
[[nodiscard]] Result<store::Edition> render_digest(const Service& service, IsoWeek week);

/// Publishes the digest of `week`, once: into the ledger with a row per recipient, then into the
/// folder. Doing it again changes nothing.
[[nodiscard]] Result<store::Edition> publish_digest(
    const Service& service, IsoWeek week, const std::optional<store::SlotKey>& slot = {}
);

}  // namespace thidua::daemon
