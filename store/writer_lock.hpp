// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.hpp"

#include <filesystem>
#include <string_view>

namespace thidua::store {

/// The right to write to one store: an flock on NAME.lock beside it, which names its holder. It
/// ends with the process, however that ends, and the file is never deleted.
class WriterLock {
  public:
    /// Errors: Io, with the holder's words ("thidua run, process 4711"), if somebody has it.
    [[nodiscard]] static Result<WriterLock> take(
        const std::filesystem::path& store_path, std::string_view holder
    );
    WriterLock(WriterLock&& other) noexcept;
    WriterLock& operator=(WriterLock&&) = delete;
    ~WriterLock();

  private:
    explicit WriterLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace thidua::store
