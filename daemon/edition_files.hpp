// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// How an edition is named and laid out on disk, and the manifest that says what it is made of.
#pragma once

#include "rules/standings.hpp"
#include "store/audit.hpp"
#include "store/ledger.hpp"

#include <boost/json/object.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::daemon {

/// editions/2024/W42 below `root`.
[[nodiscard]] std::filesystem::path edition_folder(const std::filesystem::path& root, IsoWeek week);

/// 2024-W42_toan-so_tam-tinh_r1, to which .html, .txt and .manifest.json are added. It sorts, and
/// explains itself.
[[nodiscard]] std::string edition_base_name(IsoWeek week, rules::Fitness fitness);

/// What the name of an annex has before its ending. An annex is filed, and not mailed.
inline constexpr std::string_view annex_suffix = "_phu-luc";

/// Ends the name of an edition's manifest.
inline constexpr std::string_view manifest_suffix = ".manifest.json";

/// What a manifest tells besides the edition and its figures.
struct ManifestFacts {
    std::string previous_manifest_sha256;  ///< of the edition before; empty if there was none
    store::AuditHead seal;                 ///< of the audit chain when the edition was made
};

/// The manifest: period, cut-off, configuration hash, every figure with both counts, the documents
/// with their SHA-256, the hash of the manifest before it, and the audit chain's newest entry.
[[nodiscard]] boost::json::object make_manifest(
    const store::Edition& edition, const rules::Standings& standings, const ManifestFacts& facts
);

/// Whether the edition of that id is one that the council decides on: minutes quote it, and it
/// never comes twice.
[[nodiscard]] bool is_for_council(std::string_view edition);

/// "Dòng ghi vào biên bản: ..." with a line end, for a terminal; empty unless it is for the
/// council.
[[nodiscard]] std::string minutes_text(std::string_view edition, std::string_view manifest_sha256);

/// SHA-256 of an edition's manifest; empty without the edition, or if it has none.
[[nodiscard]] std::string manifest_sha256(const std::optional<store::Edition>& edition);

[[nodiscard]] std::string manifest_sha256(const store::Edition& edition);

/// The edition's manifest; empty if it has none.
[[nodiscard]] std::string_view manifest_of(const store::Edition& edition);

/// The entry that the edition's manifest names. Nothing where none does, as in editions of before
/// there were seals, and where there was no chain yet.
[[nodiscard]] std::optional<store::AuditHead> seal_of(const store::Edition& edition);

}  // namespace thidua::daemon
