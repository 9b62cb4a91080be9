// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Papers of nominations (hồ sơ đề nghị khen thưởng) as they come in. Recorded once and never
// changed: what is handed back is a receipt of less than nothing.
#pragma once

#include "core/time.hpp"

#include <cstdint>
#include <string>

namespace thidua {

/// Copies of a part of a nomination that were handed in on a day.
struct Receipt {
    std::string candidate;    ///< a unit's code, or an officer's id
    std::string award;        ///< its id
    std::string deadline;     ///< id of the Deadline it is handed in for
    std::string part;         ///< id of a NominationPart
    std::int64_t copies = 0;  ///< below 0: so many were handed back
    Day day;                  ///< on which they changed hands
    std::string by;           ///< who recorded it
    Instant at;               ///< when
    std::string note{};

    friend bool operator==(const Receipt&, const Receipt&) = default;
};

}  // namespace thidua
