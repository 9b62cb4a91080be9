// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// The dossiers as the national portal counts them: synchronised late, some cash taken for online
// payment, statuses 5, 6 and 8 taken for done (domain.md 1.6).

#pragma once

#include "snapshot.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace thidua::sandbox {

struct Period {
    Day from;
    Day to;
};

/// What the portal counts for one unit and everything below it.
struct NationalCounts {
    std::int64_t paid_online = 0;  // DuocThanhToanTrucTuyen 1 or 2
    std::int64_t owing = 0;
    std::int64_t online = 0;
    std::int64_t direct = 0;
    std::int64_t postal = 0;
    std::int64_t online_on_time = 0;
    std::int64_t online_overdue = 0;
    ProcedureSet used_online;
    ProcedureSet paid_procedures;
    ProcedureSet fee_procedures_used;

    void add(const NationalCounts& other);
};

/// By unit index, each with everything below it; what nothing maps is counted at the root.
using NationalTree = std::array<NationalCounts, unit_count>;
NationalTree count_nationally(const Snapshot& snapshot, const Period& period);

}  // namespace thidua::sandbox
