// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/edition_files.hpp"

#include "core/hash.hpp"
#include "daemon/standings_json.hpp"

#include <fmt/format.h>

namespace thidua::daemon {

std::filesystem::path edition_folder(const std::filesystem::path& root, IsoWeek week) {
    return root / fmt::format("{:04}", week.year) / fmt::format("W{:02}", week.week);
}

std::string edition_base_name(IsoWeek week, rules::Fitness fitness) {
    return fmt::format("{}_toan-so_{}_r1", to_text(week), rules::to_text(fitness));
}

std::string make_manifest(
    const store::Edition& edition,
    const rules::Standings& standings,
    const std::string& previous_manifest_sha256
) {
    boost::json::object manifest;
    manifest["edition"] = edition.id;
    manifest["report"] = edition.report;
    manifest["period"] = edition.period;
    manifest["subject"] = edition.subject;
    manifest["created_at"] = to_text(edition.created_at);
    manifest["config_hash"] = edition.config_hash;
    boost::json::array documents;
    for (const store::EditionDocument& document : edition.documents) {
        documents.push_back(
            {{"file", document.file_name},
             {"bytes", document.bytes.size()},
             {"sha256", sha256_hex(document.bytes)}}
        );
    }
    manifest["documents"] = std::move(documents);
    if (previous_manifest_sha256.empty()) {
        manifest["previous_manifest_sha256"] = nullptr;
    } else {
        manifest["previous_manifest_sha256"] = previous_manifest_sha256;
    }
    manifest["standings"] = standings_json(standings);
    return pretty_json(manifest);
}

}  // namespace thidua::daemon
