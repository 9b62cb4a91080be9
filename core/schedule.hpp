// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// When something falls due. The arithmetic, which needs zone data, is daemon/schedule.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace thidua {

/// Either every so often (aligned to 00:00 local time), or at a time of day, daily or on a weekday.
struct Schedule {
    std::optional<std::chrono::minutes> every;
    std::optional<std::chrono::weekday> weekday;
    std::chrono::minutes at{0};  ///< after midnight; used when `every` is absent
    std::string timezone = "Asia/Ho_Chi_Minh";

    friend bool operator==(const Schedule&, const Schedule&) = default;
};

}  // namespace thidua
