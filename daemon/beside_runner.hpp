// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A step that takes long, beside the cycles.
#pragma once

#include "core/result.hpp"

#include <atomic>
#include <functional>
#include <future>
#include <optional>

namespace thidua::daemon {

/// Runs one step at a time on a thread of its own. Used by one thread; it waits for the step under
/// way before it goes.
class BesideRunner {
  public:
    using Step = std::function<Result<void>()>;

    void begin(Step step);
    /// A step is under way, or nobody has taken how it went. Also for other threads.
    [[nodiscard]] bool is_busy() const { return is_busy_; }
    /// How the step went, once it has.
    [[nodiscard]] std::optional<Result<void>> take_done();
    /// The same; it waits. Nothing if none was begun.
    [[nodiscard]] std::optional<Result<void>> take();

  private:
    std::atomic<bool> is_busy_{false};
    std::future<Result<void>> step_;
};

}  // namespace thidua::daemon
