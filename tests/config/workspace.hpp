// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A folder with the good configuration of tests/data/config/good, for a test to spoil.
#pragma once

#include "config/loader.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::config {

/// Copies the good configuration into a folder of its own, and removes it at the end.
class Workspace {
  public:
    Workspace();

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
    [[nodiscard]] std::filesystem::path root() const { return folder() / "thidua.yaml"; }

    /// Writes a file, with the folders above it.
    void write(std::string_view file, std::string_view text) const;

    /// Replaces the only occurrence of `from`; a test that replaces nothing fails.
    void replace(std::string_view file, std::string_view from, std::string_view to) const;

    /// The problems of loading, one line each, with file names relative to the folder; none if
    /// the configuration loads.
    [[nodiscard]] std::vector<std::string> problems() const;

  private:
    test::TemporaryFolder folder_;
};

[[nodiscard]] std::filesystem::path repository();

}  // namespace thidua::config
