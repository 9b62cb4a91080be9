// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/clock.hpp"

namespace thidua::daemon {

Clock::Clock(std::optional<Instant> virtual_now)
    : is_virtual_(virtual_now.has_value()), virtual_now_(virtual_now.value_or(Instant{})) {}

Instant Clock::now() const {
    if (is_virtual_) {
        return virtual_now_.load();
    }
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void Clock::set(Instant now) {
    check(is_virtual_, "only a virtual clock is set");
    virtual_now_.store(now);
}

}  // namespace thidua::daemon
