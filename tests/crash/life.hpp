// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// One life of thidua-crash-child, and what it told before its end.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace thidua::crash {

struct LifePlan {
    std::filesystem::path program;
    std::string store;  ///< path or URL
    std::int64_t until = 0;
    std::filesystem::path errors;  ///< file for its standard error
    /// SIGKILL so long after its main() began; nothing: it may end by itself.
    std::optional<std::chrono::microseconds> killed_after;
    std::function<void()> before_kill = [] {};
};

/// What is known of a life that is over.
struct LifeEnd {
    bool was_killed = false;  ///< by SIGKILL
    int exit_code = 0;        ///< if it was not
    std::int64_t published = 0;
    std::int64_t finished = 0;
    std::int64_t interrupted = 0;  ///< pulls that it found open
    std::int64_t held = 0;         ///< times that it found the store held by the life before
    bool in_transaction = false;   ///< ended while it published or finished a pull
    bool has_opened = false;       ///< the store
};

/// Throws std::runtime_error if no process can be made.
[[nodiscard]] LifeEnd live(const LifePlan& plan);

}  // namespace thidua::crash
