// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What each unit's figures are made of, procedure by procedure. Pure.
#pragma once

#include "rules/standings.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace thidua::rules {

/// The received dossiers of one procedure that name one unit itself, not those below it.
struct ProcedureCounts {
    std::string unit;       ///< code; of an unmapped one as the source says it
    std::string unit_name;  ///< empty: no unit has that code
    std::string procedure;  ///< code
    std::string name;       ///< empty: it is in no catalogue
    std::optional<Level> level;
    bool is_fee_bearing = false;
    std::int64_t received = 0;
    std::int64_t online = 0;
    /// Paid online over owing a fee, as the campaign's payment indicator counts them; nothing if
    /// there is none, or if it is not known.
    std::optional<Ratio> payments;

    friend bool operator==(const ProcedureCounts&, const ProcedureCounts&) = default;
};

/// Units in the order of the organisation, those of no unit last; within one by procedure code.
/// Counted by the system of record of the payment indicator, or else of the first one. The payments
/// add up to the total's figure. `standings` must be what `input` measures.
[[nodiscard]] std::vector<ProcedureCounts> count_procedures(
    const StandingsInput& input, const Standings& standings
);

}  // namespace thidua::rules
