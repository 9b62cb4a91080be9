// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/root_file.hpp"

#include <algorithm>
#include <system_error>

namespace thidua::config {

std::vector<std::filesystem::path> files_in(
    const std::filesystem::path& folder, std::string_view extension
) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    std::filesystem::directory_iterator entry(folder, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        const auto& path = entry->path();
        if (path.extension() == extension && !path.filename().string().starts_with('.')) {
            files.push_back(path);
        }
    }
    std::ranges::sort(files);
    return files;
}

std::optional<Value> read_root(
    const std::filesystem::path& file, Files& files, Problems& problems
) {
    std::optional<Value> root = files.read(file);
    const auto folder = std::filesystem::path(file).replace_extension(".d");
    for (const auto& misnamed : files_in(folder, ".yml")) {
        problems.add(
            problems.add_file(misnamed), "", "only *.yaml is read from this folder: rename it"
        );
    }
    for (const auto& drop_in : files_in(folder, ".yaml")) {
        std::optional<Value> over = files.read(drop_in);
        if (!over || !root) {
            continue;
        }
        if (over->kind != Value::Kind::Map) {
            problems.add(over->place, "", "must be a map of keys and values");
            continue;
        }
        const Place place = root->place;  // what is missing is missing in the root file
        root = overlay(*std::move(root), *std::move(over));
        root->place = place;
    }
    return root;
}

}  // namespace thidua::config
