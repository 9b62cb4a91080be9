// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/memory_file.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace thidua {

MemoryFile::MemoryFile() : file_(memfd_create("thidua", MFD_CLOEXEC)) {}

std::string MemoryFile::path() const {
    return fmt::format("/proc/self/fd/{}", file_.number());
}

Result<std::string> MemoryFile::content() const {
    struct stat facts {};
    if (fstat(file_.number(), &facts) != 0 || facts.st_size <= 0) {
        return fail(ErrorKind::Io, "nothing was written into a file in memory");
    }
    std::string bytes(static_cast<std::size_t>(facts.st_size), '\0');
    for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t got =
            pread(file_.number(), bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
        if (got <= 0) {
            return fail(ErrorKind::Io, "a file in memory cannot be read back");
        }
        at += static_cast<std::size_t>(got);
    }
    return bytes;
}

}  // namespace thidua
