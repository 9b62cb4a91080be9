// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Whether filed editions are what was published: each document against its manifest, each manifest
// against the one after it. Files alone are asked, no store and no network.
#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace thidua::daemon {

/// Something in the archive that is not as it was published.
struct ArchiveProblem {
    std::string edition;  ///< id; empty if it is not even known
    std::string file;     ///< relative to the folder
    std::string what;     ///< "is missing", ...

    friend bool operator==(const ArchiveProblem&, const ArchiveProblem&) = default;
};

/// A manifest as it lies in the folder.
struct ArchivedManifest {
    std::string edition;  ///< id
    std::string file;     ///< relative to the folder
    std::string sha256;   ///< of its bytes as they are

    friend bool operator==(const ArchivedManifest&, const ArchivedManifest&) = default;
};

struct ArchiveReport {
    std::vector<ArchivedManifest> manifests;  ///< by file; one for each edition
    std::size_t documents = 0;
    std::vector<ArchiveProblem> problems;  ///< by file
};

/// Looks at every manifest in `folder` and below it. An edition is the one that its successor's
/// manifest names; the first of a kind, and the last, have nobody to vouch for them but the chain
/// of the store and the line in the minutes. Errors: Io if the folder cannot be read.
[[nodiscard]] Result<ArchiveReport> verify_archive(const std::filesystem::path& folder);

}  // namespace thidua::daemon
