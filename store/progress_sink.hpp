// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

namespace thidua::store {

/// Told how far long work has come, for a progress bar; may be empty.
using ProgressSink = std::function<void(std::int64_t done, std::int64_t total)>;

inline void tell(const ProgressSink& sink, std::int64_t done, std::int64_t total) {
    if (sink) {
        sink(done, total);
    }
}

}  // namespace thidua::store
