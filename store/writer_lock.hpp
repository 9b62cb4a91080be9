// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/descriptor.hpp"
#include "core/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::store {

/// Who has the right to write, by the words of the lock file.
struct LockHolder {
    std::string name;              ///< "thidua run, process 4711"
    std::filesystem::path socket;  ///< where it takes commands; empty if it takes none
};

/// What the lock file beside the store says. Meaningful only just after the lock was refused: a
/// holder that was killed leaves its words behind. Nothing if there are none.
[[nodiscard]] std::optional<LockHolder> read_lock_holder(const std::filesystem::path& store_path);

/// The right to write to one store: an flock on NAME.lock beside it, which names its holder. It
/// ends with the process, however that ends, and the file is never deleted.
class WriterLock {
  public:
    /// `holder` is the command, such as "thidua run"; the process is added.
    /// Errors: Io, with the holder's words ("thidua run, process 4711"), if somebody has it.
    [[nodiscard]] static Result<WriterLock> take(
        const std::filesystem::path& store_path, std::string_view holder
    );
    WriterLock(WriterLock&&) noexcept = default;
    WriterLock& operator=(WriterLock&&) = delete;
    ~WriterLock();

    /// Who holds it: "thidua run, process 4711".
    [[nodiscard]] const std::string& name() const { return name_; }

    /// Tells those who are refused where they may hand over what they want done. Errors: Io.
    [[nodiscard]] Result<void> announce(const std::filesystem::path& socket);

  private:
    WriterLock(Descriptor file, std::string path, std::string name)
        : file_(std::move(file)), path_(std::move(path)), name_(std::move(name)) {}
    [[nodiscard]] Result<void> write_words(const std::string& words);

    Descriptor file_;
    std::string path_;
    std::string name_;
};

}  // namespace thidua::store
