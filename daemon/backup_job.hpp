// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Copies of the store while it is in use: a few pages at a time, so that pulls publish in between,
// and what they publish goes into the copy as well.
#pragma once

#include "daemon/service.hpp"
#include "store/progress_sink.hpp"

#include <cstddef>
#include <filesystem>

namespace thidua::daemon {

/// Copies the store into the new file `target`, checked. Errors: Usage if it is there already, or
/// the server has a tool of its own; Io; Stopped.
[[nodiscard]] Result<void> copy_store(
    const Service& service, const std::filesystem::path& target, const store::ProgressSink& told
);

/// A folder of copies that are named by their time; the newest `keep` of them stay.
struct CopyFolder {
    std::filesystem::path folder;
    std::size_t keep = 0;
};

/// The same into a new file of such a folder. Returns its path; errors as copy_store().
[[nodiscard]] Result<std::filesystem::path> copy_into_folder(
    const Service& service, const CopyFolder& to, Instant now, const store::ProgressSink& told
);

/// The copy that the schedule asks for, of the name that `now` gives it; then the oldest beyond
/// those to keep are removed. Errors: as copy_store.
[[nodiscard]] Result<void> make_scheduled_copy(const Service& service, Instant now);

}  // namespace thidua::daemon
