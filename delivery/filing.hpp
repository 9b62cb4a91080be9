// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace thidua::delivery {

struct FiledDocument {
    std::string file_name;
    std::string bytes;
};

/// Files an edition's documents into `folder` (made if missing), each atomically and in the given
/// order: put the manifest last, its presence says that the edition is whole. Filing the same
/// bytes again changes nothing; other bytes under a filed name are refused, never overwritten.
/// Errors: Io (disk), Data (the name is taken by other bytes).
[[nodiscard]] Result<void> file_documents(
    const std::filesystem::path& folder, const std::vector<FiledDocument>& documents
);

}  // namespace thidua::delivery
