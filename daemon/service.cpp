// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/service.hpp"

#include <condition_variable>

namespace thidua::daemon {

std::function<void(std::chrono::milliseconds)> make_wait(const Clock& clock, std::stop_token stop) {
    if (clock.is_virtual()) {
        return [](std::chrono::milliseconds) {};
    }
    return [stop](std::chrono::milliseconds duration) {
        std::mutex mutex;
        std::condition_variable_any condition;
        std::unique_lock lock(mutex);
        (void)condition.wait_for(lock, stop, duration, [] { return false; });
    };
}

}  // namespace thidua::daemon
