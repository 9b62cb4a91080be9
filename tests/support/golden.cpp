// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/golden.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace thidua::test {
namespace {

std::optional<std::string> read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return std::nullopt;
    }
    std::ostringstream content;
    content << file.rdbuf();
    return std::move(content).str();
}

void write(const std::filesystem::path& path, std::string_view text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
}

/// "line 12:\n  golden: ...\n  now:    ..." for the first line that differs.
std::string first_difference(const std::string& golden, const std::string& now) {
    std::istringstream golden_lines(golden);
    std::istringstream now_lines(now);
    std::string golden_line;
    std::string now_line;
    for (int number = 1;; ++number) {
        const bool has_golden = static_cast<bool>(std::getline(golden_lines, golden_line));
        const bool has_now = static_cast<bool>(std::getline(now_lines, now_line));
        if (!has_golden && !has_now) {
            return "only the line ends differ";
        }
        if (has_golden != has_now || golden_line != now_line) {
            return "line " + std::to_string(number) +
                   ":\n  golden: " + (has_golden ? golden_line : "(ends)") +
                   "\n  now:    " + (has_now ? now_line : "(ends)");
        }
    }
}

bool is_updating() {
    const char* update = std::getenv("UPDATE_GOLDEN");
    return update != nullptr && std::string_view(update) == "1";
}

}  // namespace

void expect_golden(std::string_view path, std::string_view text) {
    const auto file = std::filesystem::path(THIDUA_TESTS_DIR) / "golden" / path;
    const std::string now(text);
    const std::optional<std::string> golden = read(file);
    if (golden == now) {
        return;
    }
    if (is_updating()) {
        write(file, now);
        ADD_FAILURE() << path << " is rewritten; read its difference, then run again";
        return;
    }
    if (!golden) {
        ADD_FAILURE() << file << " is missing; UPDATE_GOLDEN=1 writes it";
        return;
    }
    ADD_FAILURE() << path << " differs at " << first_difference(*golden, now)
                  << "\nIf that is meant: UPDATE_GOLDEN=1";
}

}  // namespace thidua::test
