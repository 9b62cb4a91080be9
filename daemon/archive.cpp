// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/archive.hpp"

#include "core/file.hpp"
#include "core/hash.hpp"
#include "daemon/edition_files.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace thidua::daemon {
namespace {

namespace json = boost::json;

constexpr std::uintmax_t document_bytes_max = 256ULL * 1024 * 1024;

/// A manifest, and what it says of where it belongs.
struct Filed : ArchivedManifest {
    std::string created_at;
    std::string previous;  ///< empty: it says that there was none
};

/// Editions of one kind follow on each other: "weekly all", "unit H37.10.05", "final langson-2024".
std::string series_of(const Filed& filed) {
    const auto first = filed.edition.find('/');
    const auto second = filed.edition.find('/', first + 1);
    const auto last = filed.edition.rfind('/');
    const std::string report = filed.edition.substr(0, first);
    // Final reports are numbered within a period, the others have one in each.
    return report == "final" ? filed.edition.substr(0, last)
                             : report + filed.edition.substr(second, last - second);
}

class Archive {
  public:
    explicit Archive(std::filesystem::path folder) : folder_(std::move(folder)) {}

    Result<ArchiveReport> verify() {
        std::error_code code;
        std::vector<std::filesystem::path> manifests;
        for (auto entry = std::filesystem::recursive_directory_iterator(folder_, code);
             !code && entry != std::filesystem::recursive_directory_iterator();
             entry.increment(code)) {
            if (entry->path().filename().string().ends_with(manifest_suffix)) {
                manifests.push_back(entry->path());
            }
        }
        if (code) {
            return fail(ErrorKind::Io, folder_.string() + ": " + code.message());
        }
        std::ranges::sort(manifests);
        std::ranges::for_each(manifests, [this](const auto& path) { take(path); });
        check_series();
        std::ranges::stable_sort(report_.problems, {}, &ArchiveProblem::file);
        return std::move(report_);
    }

  private:
    void note(const std::string& edition, const std::filesystem::path& file, std::string what) {
        report_.problems.push_back(
            {edition, file.lexically_relative(folder_).string(), std::move(what)}
        );
    }

    void take(const std::filesystem::path& path) {
        const auto bytes = read_file(path, document_bytes_max);
        if (!bytes) {
            return note("", path, "cannot be read");
        }
        try {
            const json::value manifest = json::parse(*bytes);
            Filed filed;
            filed.edition = json::value_to<std::string>(manifest.at("edition"));
            filed.file = path.lexically_relative(folder_).string();
            filed.created_at = json::value_to<std::string>(manifest.at("created_at"));
            filed.sha256 = sha256_hex(*bytes);
            const json::value& previous = manifest.at("previous_manifest_sha256");
            filed.previous = previous.is_null() ? "" : json::value_to<std::string>(previous);
            for (const json::value& document : manifest.at("documents").as_array()) {
                check_document(filed, path.parent_path(), document);
            }
            report_.manifests.push_back(filed);
            series_[series_of(filed)].push_back(std::move(filed));
        } catch (const std::exception&) {
            note("", path, "is no manifest any more");
        }
    }

    void check_document(
        const Filed& filed, const std::filesystem::path& folder, const json::value& document
    ) {
        const auto path = folder / json::value_to<std::string>(document.at("file"));
        ++report_.documents;
        std::error_code code;
        if (!std::filesystem::exists(path, code)) {
            return note(filed.edition, path, "is missing");
        }
        const auto bytes = read_file(path, document_bytes_max);
        if (!bytes) {
            return note(filed.edition, path, "cannot be read");
        }
        if (sha256_hex(*bytes) != json::value_to<std::string>(document.at("sha256"))) {
            note(filed.edition, path, "was altered: its SHA-256 is not the manifest's");
        }
    }

    /// A manifest names the hash of the one that it follows on, if there was one.
    void check_series() {
        for (auto& [name, editions] : series_) {
            std::ranges::stable_sort(editions, {}, &Filed::created_at);
            for (std::size_t at = 1; at < editions.size(); ++at) {
                const Filed& before = editions[at - 1];
                if (!editions[at].previous.empty() && editions[at].previous != before.sha256) {
                    note(
                        before.edition,
                        folder_ / before.file,
                        "is not the manifest that " + editions[at].edition +
                            " follows on: it was altered, or one between them is missing"
                    );
                }
            }
        }
    }

    std::filesystem::path folder_;
    ArchiveReport report_;
    std::map<std::string, std::vector<Filed>> series_;
};

}  // namespace

Result<ArchiveReport> verify_archive(const std::filesystem::path& folder) {
    return Archive(folder).verify();
}

}  // namespace thidua::daemon
