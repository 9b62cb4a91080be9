// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/yaml.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace thidua::config {

/// Texts that are read instead of what lies in these files, by the path as it is named.
using NewTexts = std::map<std::filesystem::path, std::string>;

/// Stands behind the file's name in problems of such a text, whose lines are not the file's.
inline constexpr std::string_view new_text_note = " (as it would be)";

/// The files of one configuration: each is read once, whoever names it, and goes into the hash.
class Files {
  public:
    explicit Files(Problems& problems, NewTexts new_texts = {})
        : problems_(problems), new_texts_(std::move(new_texts)) {}
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;

    /// Reads the root file or one of its drop-ins; a trouble is reported for the file as a whole.
    [[nodiscard]] std::optional<Value> read(const std::filesystem::path& file);

    /// Reads a file that `named_by` names; one that cannot be read is reported where it is named.
    [[nodiscard]] std::optional<Value> read(
        const std::filesystem::path& file, const Node& named_by
    );

    /// SHA-256 over the SHA-256 of each file in the order of reading: the same files in another
    /// folder have the same hash.
    [[nodiscard]] std::string hash() const;

  private:
    [[nodiscard]] std::optional<Value> parse(
        const std::filesystem::path& file, const std::string& text
    );

    [[nodiscard]] Result<std::string> text_of(const std::filesystem::path& file) const;

    Problems& problems_;
    NewTexts new_texts_;
    std::map<std::filesystem::path, std::optional<Value>> read_;
    std::string hashes_;
};

/// Reads the file that `node` names by `read`; an empty value if that is not possible.
template <class Read>
auto read_named(const Node& node, Files& files, Read read) {
    const auto value = node.is_scalar() ? files.read(node.path(), node) : std::nullopt;
    if (!value) {
        (void)node.path();  // reports what is neither a path nor absent
        return decltype(read(node)){};
    }
    return read(node.content(*value));
}

}  // namespace thidua::config
