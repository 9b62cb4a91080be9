// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/free_space.hpp"

#include "core/file.hpp"

#include <fmt/format.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <system_error>

namespace thidua {

Result<FreeSpace> free_space(const std::filesystem::path& path) {
    struct statvfs about {};
    if (::statvfs(path.c_str(), &about) != 0) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "free space of {}: {}", path.string(), std::generic_category().message(errno)
            )
        );
    }
    // Some file systems do not number their inodes, and say that there are none.
    const bool counts_files = about.f_files != 0;
    return FreeSpace{
        static_cast<std::uint64_t>(about.f_bavail) * about.f_frsize,
        !counts_files || about.f_favail > 0};
}

std::string_view space_remedy(const std::filesystem::path& path) {
    const auto free = free_space(folder_of(path));
    return free && !free->takes_files
               ? "; the file system takes no more files, its inodes are used up: remove some, "
                 "nothing was changed"
               : "; the disk is full: make room, nothing was changed";
}

}  // namespace thidua
