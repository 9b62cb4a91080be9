// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What a unit was urged to (đôn đốc), as it is on file. Append-only.
#pragma once

#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace thidua {

enum class UrgingKind {
    Drafted,   ///< a letter was drafted; nobody has said that it was sent
    Recorded,  ///< somebody has put on file that the unit was urged
};

/// "drafted", "recorded"
[[nodiscard]] std::string_view to_text(UrgingKind kind);

/// The reverse; nothing if `text` is none of them.
[[nodiscard]] std::optional<UrgingKind> parse_urging_kind(std::string_view text);

/// An entry of the urging ledger (sổ đôn đốc): one unit, one indicator.
struct Urging {
    std::int64_t id = 0;
    std::string unit;       ///< code
    std::string indicator;  ///< id
    UrgingKind kind = UrgingKind::Recorded;
    Day day;         ///< on which the unit was urged; Drafted: that the letter's figures are of
    std::string by;  ///< who recorded it; may be empty when drafted
    std::string document;  ///< number of the letter; may be empty
    std::string note;      ///< may be empty
    Instant at{};

    friend bool operator==(const Urging&, const Urging&) = default;
};

}  // namespace thidua
