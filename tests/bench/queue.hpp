// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A bounded queue between one thread that decodes and one that publishes.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace thidua::bench {

template <class Item>
class Queue {
  public:
    explicit Queue(std::size_t items_max) : items_max_(items_max) {}

    /// Waits for room. False once the taker has closed the queue: stop making more.
    bool put(Item item) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return items_.size() < items_max_ || is_closed_; });
        if (is_closed_) {
            return false;
        }
        items_.push_back(std::move(item));
        changed_.notify_all();
        return true;
    }

    /// Waits for an item; nothing once the queue is closed and empty.
    std::optional<Item> take() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !items_.empty() || is_closed_; });
        if (items_.empty()) {
            return std::nullopt;
        }
        std::optional<Item> item(std::move(items_.front()));
        items_.pop_front();
        changed_.notify_all();
        return item;
    }

    /// Either side: no more comes, or no more is wanted.
    void close() {
        const std::lock_guard lock(mutex_);
        is_closed_ = true;
        changed_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Item> items_;
    std::size_t items_max_;
    bool is_closed_ = false;
};

}  // namespace thidua::bench
