// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/open.hpp"

#include "core/hash.hpp"

#include <chrono>
#include <thread>

namespace thidua::crash {

std::filesystem::path folder_of(const std::string& url) {
    return std::filesystem::temp_directory_path() / ("thidua-crash-" + short_id(url, 16));
}

Result<store::Store> open_store(const std::string& where, const std::function<void()>& on_held) {
    constexpr std::chrono::seconds patience{20};
    constexpr std::chrono::milliseconds pause{1};
    store::Location location(where);
    if (where.starts_with("postgres")) {
        std::error_code ignored;
        std::filesystem::create_directories(folder_of(where), ignored);
        location.path = folder_of(where) / "store";
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
