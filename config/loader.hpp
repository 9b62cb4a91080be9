// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/files.hpp"
#include "config/problem.hpp"
#include "config/settings.hpp"

#include <expected>
#include <filesystem>
#include <optional>
#include <vector>

namespace thidua::config {

/// Reads the root file, its drop-in folder (`thidua.d` beside it, lexical order) and the files they
/// name; lays them over the visible defaults and checks everything. Offline: no network, no
/// secret is opened. Errors: all problems of all files at once, in the order of their places.
///
/// Paths of what is read are relative to the file that names them; paths of what the program
/// writes (`store.path`, `file_to`) are relative to `state_directory`.
[[nodiscard]] std::expected<Settings, std::vector<Problem>> load(const std::filesystem::path& file);

/// Of a configuration that may be full of mistakes: how its operator can be reached. Nothing if
/// that part of it cannot be read either.
struct OperatorAlone {
    std::filesystem::path state_directory;
    OperatorContact contact;
};
[[nodiscard]] std::optional<OperatorAlone> load_operator(const std::filesystem::path& file);

/// The same as load(), as if the files that `new_texts` names held these texts.
[[nodiscard]] std::expected<Settings, std::vector<Problem>> load_with(
    const std::filesystem::path& file, const NewTexts& new_texts
);

}  // namespace thidua::config
