// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/writer_lock.hpp"

#include "core/text.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace thidua::store {
namespace {

std::string read_holder(int descriptor) {
    std::array<char, 200> text{};
    const ssize_t got = ::pread(descriptor, text.data(), text.size(), 0);
    return got > 0 ? one_line(trim({text.data(), static_cast<std::size_t>(got)})) : "unknown";
}

}  // namespace

Result<WriterLock> WriterLock::take(
    const std::filesystem::path& store_path, std::string_view holder
) {
    const std::string path = store_path.string() + ".lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (descriptor < 0) {
        return fail(
            ErrorKind::Io, fmt::format("lock {}: {}", path, std::generic_category().message(errno))
        );
    }
    WriterLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "the store {} is being written by {}; stop it or wait for it",
                store_path.string(),
                read_holder(descriptor)
            )
        );
    }
    const std::string text = fmt::format("{}, process {}\n", holder, ::getpid());
    const bool is_written =
        ::ftruncate(descriptor, 0) == 0 &&
        ::pwrite(descriptor, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
    if (!is_written) {
        return fail(
            ErrorKind::Io, fmt::format("lock {}: {}", path, std::generic_category().message(errno))
        );
    }
    return lock;
}

WriterLock::WriterLock(WriterLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

WriterLock::~WriterLock() {
    if (descriptor_ >= 0) {
        (void)::close(descriptor_);
    }
}

}  // namespace thidua::store
