// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Whole copies of a database file, and whether a file is one.
#pragma once

#include "core/result.hpp"
#include "store/audit.hpp"
#include "store/progress_sink.hpp"

#include <filesystem>
#include <string>

namespace thidua::store {

class Database;

/// Copies `database` under a temporary name beside `target`, checks the copy with `check`, syncs
/// it and gives it its name. Errors: Io; Usage if there is a file `target` already, which is kept.
[[nodiscard]] Result<void> copy_whole(
    Database& database,
    const std::filesystem::path& target,
    const ProgressSink& told,
    const std::function<Result<void>(const std::filesystem::path& copy)>& check
);

/// Reads every page of the database file: SQLite's own integrity check. Errors: Io, with its first
/// finding.
[[nodiscard]] Result<void> check_integrity(const std::filesystem::path& path);

/// Makes an empty file that only its owner may open, in place of one that a crash left. Errors: Io.
[[nodiscard]] Result<void> make_empty(const std::filesystem::path& path);

/// Puts `from` in the place of `to`, whatever was there, and syncs both. Errors: Io.
[[nodiscard]] Result<void> put_in_place(
    const std::filesystem::path& from, const std::filesystem::path& to
);

/// `path` with "." and `words` and the instant added, such as
/// thidua.db.before-restore-20241018T090000Z, and a number if that name is taken.
[[nodiscard]] std::filesystem::path free_name(
    const std::filesystem::path& path, std::string_view words, Instant now
);

}  // namespace thidua::store
