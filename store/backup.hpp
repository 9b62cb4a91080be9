// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Whole copies of a database file, and whether a file is one.
#pragma once

#include "core/result.hpp"
#include "store/audit.hpp"
#include "store/database.hpp"
#include "store/progress_sink.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

namespace thidua::store {

class Store;

/// The file that a copy is made into: under a temporary name beside `target`, for its owner alone,
/// gone with this unless it was put in place.
class PartialFile {
  public:
    /// Errors: Usage if there is a file `target` already, which is kept; Io.
    [[nodiscard]] static Result<PartialFile> make(std::filesystem::path target);
    PartialFile(PartialFile&& other) noexcept;
    PartialFile& operator=(PartialFile&&) = delete;
    ~PartialFile();

    [[nodiscard]] const std::filesystem::path& temporary() const { return temporary_; }
    [[nodiscard]] const std::filesystem::path& target() const { return target_; }
    /// Syncs it and gives it its name. Errors: Io.
    [[nodiscard]] Result<void> put_in_place();

  private:
    explicit PartialFile(std::filesystem::path target);
    std::filesystem::path target_;
    std::filesystem::path temporary_;  ///< empty: nothing to remove
};

/// A backup of a store in use: step() until all is copied, then check_pages() and finish(). Between
/// these calls the store may be written to. One that is not finished leaves nothing behind.
class BackupRun {
  public:
    /// Errors: Usage if there is a file `target` already, or the server has a tool of its own; Io.
    [[nodiscard]] static Result<std::unique_ptr<BackupRun>> begin(
        Store& store, const std::filesystem::path& target
    );

    /// Copies a little more; a use of the store's connection.
    [[nodiscard]] Result<CopyState> step();
    /// Reads the whole copy, and nothing of the store. Errors: Io, with the first finding.
    [[nodiscard]] Result<void> check_pages() const;
    /// Sees that the copy ends with an entry of the audit chain of `store`, and gives it its name.
    [[nodiscard]] Result<void> finish(Store& store);

  private:
    BackupRun(PartialFile file, AuditHead before)
        : file_(std::move(file)), before_(std::move(before)) {}

    PartialFile file_;
    AuditHead before_;
    std::unique_ptr<DatabaseCopy> copy_;  // ends before its file is removed
};

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
