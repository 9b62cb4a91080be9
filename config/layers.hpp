// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What lies below the parts of the root file: presets below sources, the campaign's file below
// "campaign:".
#pragma once

#include "config/files.hpp"

#include <filesystem>
#include <optional>

namespace thidua::config {

[[nodiscard]] std::filesystem::path state_directory_of(Node& root);
[[nodiscard]] std::filesystem::path folder_of_presets(Node& root);

/// A source laid over the preset that it names, or as it is. What is wrong with the preset is
/// reported, and nothing returned.
[[nodiscard]] std::optional<Value> over_preset(
    Node source, const std::filesystem::path& presets, Files& files
);

/// The root file's "campaign:" laid over the file that it names; nothing, and reported, if that
/// cannot be read.
[[nodiscard]] std::optional<Value> over_campaign_file(Node campaign, Files& files);

}  // namespace thidua::config
