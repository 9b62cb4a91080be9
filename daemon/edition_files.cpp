// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/edition_files.hpp"

#include "core/hash.hpp"
#include "daemon/standings_json.hpp"
#include "reports/phrases.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace thidua::daemon {
namespace {

boost::json::value seal_json(const store::AuditHead& seal) {
    if (seal.number == 0) {
        return nullptr;
    }
    return {{"number", seal.number}, {"hash", seal.hash}};
}

}  // namespace

std::filesystem::path edition_folder(const std::filesystem::path& root, IsoWeek week) {
    return root / fmt::format("{:04}", week.year) / fmt::format("W{:02}", week.week);
}

std::string edition_base_name(IsoWeek week, rules::Fitness fitness) {
    return fmt::format("{}_toan-so_{}_r1", to_text(week), rules::to_text(fitness));
}

boost::json::object make_manifest(
    const store::Edition& edition, const rules::Standings& standings, const ManifestFacts& facts
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
    if (facts.previous_manifest_sha256.empty()) {
        manifest["previous_manifest_sha256"] = nullptr;
    } else {
        manifest["previous_manifest_sha256"] = facts.previous_manifest_sha256;
    }
    manifest["audit_seal"] = seal_json(facts.seal);
    manifest["standings"] = standings_json(standings);
    return manifest;
}

bool is_for_council(std::string_view edition) {
    return edition.starts_with("final/");
}

std::string minutes_text(std::string_view edition, std::string_view manifest_sha256) {
    if (!is_for_council(edition)) {
        return "";
    }
    return fmt::format(
        "{}: {}\n", reports::minutes_label, reports::minutes_line(edition, manifest_sha256)
    );
}

std::string manifest_sha256(const store::Edition& edition) {
    const std::string_view manifest = manifest_of(edition);
    return manifest.empty() ? "" : sha256_hex(manifest);
}

std::string manifest_sha256(const std::optional<store::Edition>& edition) {
    return edition ? manifest_sha256(*edition) : "";
}

std::string_view manifest_of(const store::Edition& edition) {
    for (const store::EditionDocument& document : edition.documents) {
        if (document.file_name.ends_with(manifest_suffix)) {
            return document.bytes;
        }
    }
    return {};
}

std::optional<store::AuditHead> seal_of(const store::Edition& edition) {
    boost::system::error_code code;
    const boost::json::value manifest = boost::json::parse(manifest_of(edition), code);
    const auto* object = code ? nullptr : manifest.if_object();
    const auto* seal = object == nullptr ? nullptr : object->if_contains("audit_seal");
    if (seal == nullptr || !seal->is_object()) {
        return std::nullopt;
    }
    const auto* number = seal->get_object().if_contains("number");
    const auto* hash = seal->get_object().if_contains("hash");
    if (number == nullptr || !number->is_int64() || hash == nullptr || !hash->is_string()) {
        return std::nullopt;
    }
    return store::AuditHead{number->get_int64(), std::string(hash->get_string()), {}};
}

}  // namespace thidua::daemon
