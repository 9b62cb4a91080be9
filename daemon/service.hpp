// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What every job is handed: settings, the store, the clock, and whether to stop.
#pragma once

#include "config/settings.hpp"
#include "daemon/clock.hpp"
#include "store/store.hpp"

#include <functional>
#include <mutex>
#include <stop_token>
#include <utility>

namespace thidua::daemon {

/// The store, for one thread at a time: pulls run side by side, their slices are published one
/// after another.
class SharedStore {
  public:
    explicit SharedStore(store::Store store) : store_(std::move(store)) {}

    /// Runs `job` on the store while no other thread does.
    template <class Job>
    auto call(Job&& job) {
        const std::scoped_lock lock(mutex_);
        return std::forward<Job>(job)(store_);
    }

  private:
    std::mutex mutex_;
    store::Store store_;
};

struct Service {
    const config::Settings& settings;
    SharedStore& store;
    Clock& clock;
    std::stop_token stop;
    /// Waits, or returns early when stopped; a virtual clock does not wait.
    std::function<void(std::chrono::milliseconds)> wait;
    /// Told of each step that was done, so that a watchdog sees work and not mere life.
    std::function<void()> progressed;
};

/// A way of waiting that ends early when `stop` is requested.
[[nodiscard]] std::function<void(std::chrono::milliseconds)> make_wait(
    const Clock& clock, std::stop_token stop
);

}  // namespace thidua::daemon
