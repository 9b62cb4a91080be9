// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/files.hpp"

#include "core/file.hpp"
#include "core/hash.hpp"

namespace thidua::config {

std::optional<Value> Files::read(const std::filesystem::path& file) {
    const auto text = text_of(file);
    if (!text) {
        problems_.add(problems_.add_file(file), "", text.error().message);
        return std::nullopt;
    }
    return parse(file, *text);
}

std::optional<Value> Files::read(const std::filesystem::path& file, const Node& named_by) {
    if (const auto known = read_.find(file); known != read_.end()) {
        return known->second;
    }
    const auto text = text_of(file);
    if (!text) {
        named_by.refuse("a file that can be read (" + text.error().message + ")");
        return std::nullopt;
    }
    return parse(file, *text);
}

Result<std::string> Files::text_of(const std::filesystem::path& file) const {
    const auto instead = new_texts_.find(file);
    return instead == new_texts_.end() ? read_file(file, file_bytes_max) : instead->second;
}

std::string Files::hash() const {
    return sha256_hex(hashes_);
}

std::optional<Value> Files::parse(const std::filesystem::path& file, const std::string& text) {
    hashes_ += sha256_hex(text);
    const std::string note = new_texts_.contains(file) ? std::string(new_text_note) : "";
    auto value = parse_yaml(text, problems_.add_file(file.string() + note), problems_);
    read_.emplace(file, value);
    return value;
}

}  // namespace thidua::config
