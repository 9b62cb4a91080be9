// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What every job is handed: settings, the store, the clock, and whether to stop.
#pragma once

#include "config/settings.hpp"
#include "daemon/clock.hpp"
#include "store/store.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
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

/// Which sources are being asked or read. A pull, a replay and a file of one source come one after
/// another: they share its connector, and what one publishes the next compares with.
class SourcesInHand {
  public:
    /// Held by whoever has the source in hand.
    class Lease {
      public:
        Lease() = default;
        Lease(SourcesInHand& all, std::string source) : all_(&all), source_(std::move(source)) {}
        Lease(Lease&& other) noexcept
            : all_(std::exchange(other.all_, nullptr)), source_(std::move(other.source_)) {}
        Lease& operator=(Lease&& other) noexcept {
            std::swap(all_, other.all_);
            std::swap(source_, other.source_);
            return *this;
        }
        ~Lease();

      private:
        SourcesInHand* all_ = nullptr;
        std::string source_;
    };

    /// Waits until nobody has the source in hand. Errors: Stopped.
    [[nodiscard]] Result<Lease> take(const std::string& source, const std::stop_token& stop);

  private:
    std::mutex mutex_;
    std::condition_variable_any freed_;
    std::set<std::string, std::less<>> taken_;
};

/// Messages that somebody hands over just now, so that nobody else does.
class MailInHand {
  public:
    /// False: it is taken.
    [[nodiscard]] bool take(const std::string& message);
    void give_back(const std::string& message);

  private:
    std::mutex mutex_;
    std::set<std::string> taken_;
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
    std::shared_ptr<SourcesInHand> in_hand = std::make_shared<SourcesInHand>();
    std::shared_ptr<MailInHand> mail_in_hand = std::make_shared<MailInHand>();
};

/// A way of waiting that ends early when `stop` is requested.
[[nodiscard]] std::function<void(std::chrono::milliseconds)> make_wait(
    const Clock& clock, std::stop_token stop
);

}  // namespace thidua::daemon
