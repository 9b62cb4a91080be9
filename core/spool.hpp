// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Records that are too many for memory, in a file that nobody else sees.
#pragma once

#include "core/descriptor.hpp"
#include "core/records.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace thidua {

/// Dossiers in the order in which they were appended. The file has no name: it is gone with the
/// spool, or with the process, however that ends. Used by one thread.
class DossierSpool {
  public:
    /// An empty spool in `folder`; without one, in the system's for temporary files.
    /// Errors: Io if no file can be made there.
    [[nodiscard]] static Result<std::shared_ptr<DossierSpool>> create(
        std::filesystem::path folder = {}
    );
    DossierSpool(const DossierSpool&) = delete;
    DossierSpool& operator=(const DossierSpool&) = delete;

    /// Errors: Io, such as a full disk; then nothing of `dossiers` is in the spool.
    [[nodiscard]] Result<void> append(std::span<const DossierRecord> dossiers);

    /// Hands all dossiers to `take`, at most `chunk_size` at a time, which may keep them. Ends with
    /// its first error. Errors besides: Io if the file cannot be read or is not as it was written.
    [[nodiscard]] Result<void> for_each(
        std::size_t chunk_size, const std::function<Result<void>(std::span<DossierRecord>)>& take
    ) const;

    /// The dossier that was appended as number `position`. Errors: Io, as above.
    [[nodiscard]] Result<DossierRecord> at(std::size_t position) const;

    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    /// Some records in a row, written and checked as one.
    struct Block {
        std::size_t first = 0;  // position of its first record
        std::size_t count = 0;
        std::uint64_t offset = 0;
        std::size_t bytes = 0;
        std::uint64_t print = 0;
    };

    DossierSpool(std::filesystem::path folder, Descriptor file);
    [[nodiscard]] Result<std::vector<DossierRecord>> read(const Block& block) const;

    std::filesystem::path folder_;
    Descriptor file_;
    std::vector<Block> blocks_;
    std::uint64_t end_ = 0;  // of the file
    std::size_t size_ = 0;
};

}  // namespace thidua
