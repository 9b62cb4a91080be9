// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The dossiers as the national portal counts them: synchronised late, some cash taken for online
// payment, statuses 5, 6 and 8 taken for done (domain.md 1.6).

#pragma once

#include "snapshot.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace thidua::sandbox {

struct Period {
    Day from;
    Day to;
};

/// When the portal has heard of the dossier: one in five one to fourteen days late,
/// what is lost never.
Instant national_arrival(const World& world, const Dossier& dossier);
/// The unit under whose code the portal has it.
UnitIndex national_unit(const Dossier& dossier, const Facts& facts);
/// The portal's status: 5, 6 and 8 are pushed as 9, done.
std::uint8_t national_status(std::uint8_t status);

/// DuocThanhToanTrucTuyen. Some units push National for cash as well.
enum class PaidFlag : std::uint8_t { No = 0, National = 1, Local = 2, OtherWays = 3 };
PaidFlag national_paid_flag(const Facts& facts);

/// What the portal counts for one unit and everything below it.
struct NationalCounts {
    std::int64_t paid_online = 0;    // DuocThanhToanTrucTuyen 1 or 2
    std::int64_t paid_national = 0;  // 1 only
    std::int64_t owing = 0;
    std::int64_t online = 0;
    std::int64_t direct = 0;
    std::int64_t postal = 0;
    std::int64_t online_on_time = 0;
    std::int64_t online_overdue = 0;
    std::int64_t on_time = 0;  // whatever the channel, like the next three
    std::int64_t overdue = 0;
    std::int64_t pending_in_time = 0;
    std::int64_t pending_overdue = 0;
    std::int64_t online_pending_in_time = 0;
    std::int64_t online_pending_overdue = 0;
    std::int64_t processing_days = 0;  // of what is done, added up
    std::int64_t digitised = 0;
    std::int64_t reported = 0;  // received by the province, arrived here or not
    ProcedureSet used;
    ProcedureSet used_online;
    ProcedureSet paid_procedures;
    ProcedureSet fee_procedures_used;

    void add(const NationalCounts& other);
    /// What the portal has of what was received.
    [[nodiscard]] std::int64_t synchronised() const { return online + direct + postal; }
};

/// By unit index, each with everything below it; what nothing maps is counted at the root.
using NationalTree = std::array<NationalCounts, unit_count>;
NationalTree count_nationally(
    const Snapshot& snapshot, const Period& period, std::optional<ProcedureIndex> only = {}
);

}  // namespace thidua::sandbox
