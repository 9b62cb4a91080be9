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

void Problems::add_once(std::vector<Found>& to, Found found) {
    check(found.place.file != nullptr, "Problems::add: the place names a file");
    const bool is_known = std::ranges::any_of(to, [&](const Found& other) {
        return other.place.file == found.place.file && other.place.line == found.place.line &&
               other.place.column == found.place.column && other.key == found.key &&
               other.message == found.message;
    });
    if (!is_known) {
        to.push_back(std::move(found));
    }
}

void Problems::add(const Place& place, std::string key, std::string message) {
    add_once(found_, {place, std::move(key), std::move(message)});
}

void Problems::warn(const Place& place, std::string key, std::string message) {
    add_once(warned_, {place, std::move(key), std::move(message)});
}

std::vector<Problem> Problems::sorted() const {
    return by_place(found_);
}

std::vector<Problem> Problems::warnings() const {
    return by_place(warned_);
}

std::vector<Problem> Problems::by_place(const std::vector<Found>& all) const {
    std::map<const std::string*, std::size_t> order;
    for (const std::string& file : files_) {
        order.emplace(&file, order.size());
    }
    std::vector<const Found*> ordered;
    for (const Found& found : all) {
        ordered.push_back(&found);
    }
    std::ranges::stable_sort(ordered, {}, [&](const Found* found) {
        return std::tuple(order.at(found->place.file), found->place.line, found->place.column);
    });
    std::vector<Problem> problems;
    for (const Found* found : ordered) {
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
