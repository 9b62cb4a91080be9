// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/open.hpp"

#include <chrono>
#include <thread>

namespace thidua::crash {

Result<store::Store> open_store(const std::string& where, const std::function<void()>& on_held) {
    constexpr std::chrono::seconds patience{20};
    constexpr std::chrono::milliseconds pause{1};
    store::Location location(where);
    if (where.starts_with("postgres")) {
        location = {};
        location.url = where;
        location.holder = "the crash test";
    }
    const auto end = std::chrono::steady_clock::now() + patience;
    while (true) {
        auto opened = store::Store::open(location, store::Access::ReadWrite);
        if (opened || std::chrono::steady_clock::now() > end ||
            opened.error().message.find("is being written by") == std::string::npos) {
            return opened;
        }
        on_held();
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace thidua::crash
