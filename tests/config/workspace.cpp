// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/config/workspace.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace thidua::config {

namespace {

std::string content_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    return std::move(content).str();
}

}  // namespace

std::filesystem::path repository() {
    return THIDUA_SOURCE_DIR;
}

Workspace::Workspace() {
    std::filesystem::copy(
        repository() / "tests/data/config/good", folder(), std::filesystem::copy_options::recursive
    );
}

void Workspace::write(std::string_view file, std::string_view text) const {
    std::filesystem::create_directories((folder() / file).parent_path());
    std::ofstream(folder() / file, std::ios::binary | std::ios::trunc) << text;
}

void Workspace::replace(std::string_view file, std::string_view from, std::string_view to) const {
    std::string text = content_of(folder() / file);
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << file << " has no " << from;
    ASSERT_EQ(text.find(from, at + 1), std::string::npos) << file << " has two " << from;
    write(file, text.replace(at, from.size(), to));
}

std::vector<std::string> Workspace::problems() const {
    const auto settings = load(root());
    std::vector<std::string> lines;
    if (!settings) {
        for (const Problem& problem : settings.error()) {
            std::string line = to_text(problem);
            const std::string prefix = folder().string() + "/";
            for (auto at = line.find(prefix); at != std::string::npos; at = line.find(prefix)) {
                line.erase(at, prefix.size());
            }
            lines.push_back(line);
        }
    }
    return lines;
}

}  // namespace thidua::config
