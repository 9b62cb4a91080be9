// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/service.hpp"

namespace thidua::daemon {

SourcesInHand::Lease::~Lease() {
    if (all_ != nullptr) {
        const std::scoped_lock lock(all_->mutex_);
        all_->taken_.erase(source_);
        all_->freed_.notify_all();
    }
}

Result<SourcesInHand::Lease> SourcesInHand::take(
    const std::string& source, const std::stop_token& stop
) {
    std::unique_lock lock(mutex_);
    if (!freed_.wait(lock, stop, [&] { return !taken_.contains(source); })) {
        return fail(ErrorKind::Stopped, "stopped while another pull of the source was under way");
    }
    taken_.insert(source);
    return Lease(*this, source);
}

bool MailInHand::take(const std::string& message) {
    const std::scoped_lock lock(mutex_);
    return taken_.insert(message).second;
}

void MailInHand::give_back(const std::string& message) {
    const std::scoped_lock lock(mutex_);
    taken_.erase(message);
}

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
