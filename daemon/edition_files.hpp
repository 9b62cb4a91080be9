// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// How an edition is named and laid out on disk, and the manifest that says what it is made of.
#pragma once

#include "rules/standings.hpp"
#include "store/ledger.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace thidua::daemon {

/// editions/2024/W42 below `root`.
[[nodiscard]] std::filesystem::path edition_folder(const std::filesystem::path& root, IsoWeek week);

/// 2024-W42_toan-so_tam-tinh_r1, to which .html, .txt and .manifest.json are added. It sorts, and
/// explains itself.
[[nodiscard]] std::string edition_base_name(IsoWeek week, rules::Fitness fitness);

/// The manifest: period, cut-off, configuration hash, every figure with both counts, the documents
/// with their SHA-256, and the hash of the manifest before it.
[[nodiscard]] std::string make_manifest(
    const store::Edition& edition,
    const rules::Standings& standings,
    const std::string& previous_manifest_sha256
);

}  // namespace thidua::daemon
