// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Files that people drop: from the inbox into the store, and out of the way.
#pragma once

#include "core/result.hpp"
#include "daemon/pull_steps.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace thidua::daemon {

/// What became of a file.
struct FileOutcome {
    std::string name;
    std::int64_t records = 0;
    std::vector<Rejected> rejected;  ///< rows that were not taken
    bool is_repeat = false;          ///< the very same content was read before
};

/// Reads one file and publishes it. The file stays where it is.
///
/// Errors: Data and Contract if nothing of it can be used, Io if it cannot be read: not a file of
/// its own (a link, a device), or above 128 MiB; those of publishing.
[[nodiscard]] Result<FileOutcome> take_file(PullInHand& pull, const std::filesystem::path& file);

/// Takes the settled files of the source's inbox, in the order of their names, at most 1,000 a
/// time. Each is claimed by renaming it into `.dang-doc`, so that nobody writes to it any more,
/// read, and put into the folder of the accepted or the rejected ones, with a note in Vietnamese
/// beside it where something was not taken. A file left in `.dang-doc` by a crash is read again:
/// what was published already changes nothing.
///
/// Gives how many files were there. Errors: Data if files were rejected (the others are in), Io,
/// Stopped; then the file in hand waits in `.dang-doc`.
[[nodiscard]] Result<std::size_t> take_inbox(PullInHand& pull);

}  // namespace thidua::daemon
