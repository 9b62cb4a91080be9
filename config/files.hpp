// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/yaml.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace thidua::config {

/// The files of one configuration: each is read once, whoever names it, and goes into the hash.
class Files {
  public:
    explicit Files(Problems& problems) : problems_(problems) {}
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

    Problems& problems_;
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
    return read(Node(*value, "", node.problems()));
}

}  // namespace thidua::config
