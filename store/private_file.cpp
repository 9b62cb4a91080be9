// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/private_file.hpp"

#include "core/free_space.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace thidua::store {
namespace {

constexpr mode_t owner_only = S_IRUSR | S_IWUSR;
constexpr mode_t anybody_else = S_IRWXG | S_IRWXO;

std::unexpected<Error> refused(const std::filesystem::path& path, std::string_view why) {
    return fail(ErrorKind::Io, fmt::format("database {}: {}", path.string(), why));
}

}  // namespace

Result<void> make_private(const std::filesystem::path& path) {
    // Only ever closed when it is new: closing a file drops the locks that SQLite has on it.
    const int descriptor =
        ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, owner_only);
    if (descriptor >= 0) {
        (void)::close(descriptor);
        return {};
    }
    const int code = errno;
    if (code == EEXIST) {
        return {};
    }
    const std::string_view remedy =
        code == EROFS    ? "; the file system can only be read: mount it for writing"
        : code == ENOSPC ? space_remedy(path)
                         : "; check that the folder exists and who owns it";
    return refused(
        path, fmt::format("create: {}{}", std::generic_category().message(code), remedy)
    );
}

Result<void> check_private(const std::filesystem::path& path, bool for_writing) {
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0) {
        return errno == ENOENT ? Result<void>{}
                               : refused(path, std::generic_category().message(errno));
    }
    if (!S_ISREG(about.st_mode)) {
        return refused(path, "not a file; name the file itself (store.path), not a link to it");
    }
    const uid_t self = ::geteuid();
    if (about.st_uid != self && (for_writing || self != 0)) {
        return refused(
            path,
            fmt::format(
                "it belongs to user {}, and this is user {}; run as that user, or: chown {} {}",
                about.st_uid,
                self,
                self,
                path.string()
            )
        );
    }
    if ((about.st_mode & anybody_else) != 0) {
        return refused(
            path,
            fmt::format(
                "others than its owner may open it (mode {:04o}); chmod 600 {}",
                static_cast<unsigned>(about.st_mode) & 07777U,
                path.string()
            )
        );
    }
    return {};
}

}  // namespace thidua::store
