// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/reload.hpp"

#include "config/loader.hpp"
#include "daemon/edition_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace thidua::daemon {

std::vector<std::string> needs_restart(
    const config::Settings& running, const config::Settings& next
) {
    std::vector<std::string> lines;
    const auto compare = [&](std::string_view key, const std::string& old, const std::string& now) {
        if (old != now) {
            lines.push_back(fmt::format(
                "{}: {} given: the running daemon has {}; restart it to change that",
                key,
                now.empty() ? "nothing" : "\"" + now + "\"",
                old.empty() ? "none" : "\"" + old + "\""
            ));
        }
    };
    compare("state_directory", running.state_directory.string(), next.state_directory.string());
    compare("store.path", running.store_path.string(), next.store_path.string());
    compare("store.url", running.store_url, next.store_url);
    compare(
        "store.password_file",
        running.store_password_file.string(),
        next.store_password_file.string()
    );
    return lines;
}

std::expected<config::Settings, std::vector<std::string>> read_again(const config::Settings& running
) {
    auto next = config::load(running.file);
    std::vector<std::string> lines;
    if (!next) {
        std::ranges::transform(next.error(), std::back_inserter(lines), [](const auto& problem) {
            return config::to_text(problem);
        });
        return std::unexpected(std::move(lines));
    }
    lines = needs_restart(running, *next);
    if (const auto documents = check_documents(*next); !documents) {
        lines.push_back(documents.error().message);
    }
    if (!lines.empty()) {
        return std::unexpected(std::move(lines));
    }
    return *std::move(next);
}

}  // namespace thidua::daemon
