// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Times of records, which are read by the million.
#pragma once

#include "core/time.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace thidua {

/// As parse_time; nothing instead of an error and its sentence.
[[nodiscard]] std::optional<Instant> find_time(std::string_view text, TimeFormat format);

/// A time as it is written, and how far it is ahead of UTC.
struct ZonedTime {
    std::chrono::local_time<std::chrono::milliseconds> local;
    std::chrono::minutes offset{0};
};

/// Reads what nearly every text is, 2024-06-17T08:15:03.000+0700 (or +07:00, Z, no fraction), at a
/// fraction of the cost of all others. Nothing for those, right or wrong, which find_time reads.
[[nodiscard]] std::optional<ZonedTime> read_usual_iso(std::string_view text);

}  // namespace thidua
