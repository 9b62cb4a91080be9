// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/beside_runner.hpp"

#include <chrono>
#include <utility>

namespace thidua::daemon {

void BesideRunner::begin(Step step) {
    is_busy_ = true;
    step_ = std::async(std::launch::async, std::move(step));
}

std::optional<Result<void>> BesideRunner::take_done() {
    const bool is_done =
        step_.valid() && step_.wait_for(std::chrono::seconds{0}) == std::future_status::ready;
    return is_done ? take() : std::nullopt;
}

std::optional<Result<void>> BesideRunner::take() {
    if (!step_.valid()) {
        return std::nullopt;
    }
    auto done = step_.get();
    is_busy_ = false;
    return done;
}

}  // namespace thidua::daemon
