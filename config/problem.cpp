// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/problem.hpp"

#include "core/result.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace thidua::config {

std::string to_text(const Problem& problem) {
    std::string text = problem.file + ":";
    if (problem.line > 0) {
        text += std::to_string(problem.line) + ":" + std::to_string(problem.column) + ":";
    }
    text += " ";
    if (!problem.key.empty()) {
        text += problem.key + ": ";
    }
    return text + problem.message;
}

Place Problems::add_file(const std::filesystem::path& file) {
    files_.push_back(file.string());
    return Place{.file = &files_.back()};
}

void Problems::add(const Place& place, std::string key, std::string message) {
    check(place.file != nullptr, "Problems::add: the place names a file");
    const bool is_known = std::ranges::any_of(found_, [&](const Found& found) {
        return found.place.file == place.file && found.place.line == place.line &&
               found.place.column == place.column && found.key == key && found.message == message;
    });
    if (!is_known) {
        found_.push_back({place, std::move(key), std::move(message)});
    }
}

std::vector<Problem> Problems::sorted() const {
    std::map<const std::string*, std::size_t> order;
    for (const std::string& file : files_) {
        order.emplace(&file, order.size());
    }
    std::vector<const Found*> by_place;
    for (const Found& found : found_) {
        by_place.push_back(&found);
    }
    std::ranges::stable_sort(by_place, {}, [&](const Found* found) {
        return std::tuple(order.at(found->place.file), found->place.line, found->place.column);
    });
    std::vector<Problem> problems;
    for (const Found* found : by_place) {
        problems.push_back({
            *found->place.file,
            found->place.line,
            found->place.column,
            found->key,
            found->message,
        });
    }
    return problems;
}

}  // namespace thidua::config
