// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/time.hpp"

#include <atomic>
#include <optional>

namespace thidua::daemon {

/// The one place that asks what time it is; everything else is told. A virtual clock stands still
/// until somebody sets it.
class Clock {
  public:
    Clock() = default;
    explicit Clock(std::optional<Instant> virtual_now);

    [[nodiscard]] Instant now() const;
    [[nodiscard]] bool is_virtual() const { return is_virtual_; }
    /// For a virtual clock only.
    void set(Instant now);

  private:
    bool is_virtual_ = false;
    std::atomic<Instant> virtual_now_{Instant{}};
};

}  // namespace thidua::daemon
