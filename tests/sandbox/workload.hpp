// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0

// What the provincial systems' own statistics count of a unit's dossiers in a window. Received,
// online and the rest are counted by the same facts as the truth.

#pragma once

#include "snapshot.hpp"

#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

namespace thidua::sandbox {

/// From `begin` on and before `end`.
struct Span {
    Instant begin;
    Instant end;
};

/// The field of work that a procedure belongs to, as OpenCPS's domains.
enum class Domain : std::uint8_t { Office, Land, Minerals, Environment };
Domain domain_of(const Procedure& procedure);
std::string_view domain_code(Domain domain);
std::string_view domain_name(Domain domain);

struct Workload {
    std::int64_t received = 0;  // online + direct + postal
    std::int64_t online = 0;
    std::int64_t direct = 0;  // what says no channel is brought in person
    std::int64_t postal = 0;
    std::int64_t online_partial = 0;  // by the level of the procedure on the day of acceptance
    std::int64_t online_full = 0;
    std::int64_t online_paid = 0;  // by whatever gateway
    std::int64_t remaining = 0;    // received before the window and open at its beginning
    std::int64_t released_early = 0;
    std::int64_t released_on_time = 0;
    std::int64_t released_late = 0;
    std::int64_t returned = 0;  // of the released
    std::int64_t waiting = 0;
    std::int64_t withdrawn = 0;
    std::int64_t stopped = 0;
    std::int64_t undue = 0;
    std::int64_t overdue = 0;
    std::int64_t denied = 0;      // by the day of application
    std::int64_t registered = 0;  // by the day of application
    std::int64_t applied_online_partial = 0;
    std::int64_t applied_online_full = 0;

    void add(const Workload& other);
    [[nodiscard]] std::int64_t released() const {
        return released_early + released_on_time + released_late;
    }
    /// received + remaining, all of which is released, open, or given up.
    [[nodiscard]] std::int64_t in_hand() const { return received + remaining; }
    bool operator==(const Workload&) const = default;
};

/// By unit (the unmapped one included) and domain; what has nothing to count is not there.
using Workloads = std::map<std::pair<UnitIndex, Domain>, Workload>;

struct WorkloadQuestion {
    Span span;
    bool ignore_free = false;  // leaves out dossiers that owe nothing
};
Workloads count_workloads(const Snapshot& snapshot, const WorkloadQuestion& question);
/// Over all domains.
std::map<UnitIndex, Workload> by_unit(const Workloads& workloads);

}  // namespace thidua::sandbox
