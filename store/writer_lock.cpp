// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The lock file holds one line with the holder's name and, for a daemon, one with its socket.
#include "store/writer_lock.hpp"

#include "core/free_space.hpp"
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

constexpr std::string_view socket_key = "socket ";

std::string lock_path(const std::filesystem::path& store_path) {
    return store_path.string() + ".lock";
}

std::string read_words(int descriptor) {
    std::array<char, 600> text{};
    const ssize_t got = ::pread(descriptor, text.data(), text.size(), 0);
    return got > 0 ? std::string(text.data(), static_cast<std::size_t>(got)) : std::string();
}

std::optional<LockHolder> holder_in(std::string_view words) {
    const std::size_t end = words.find('\n');
    if (end == std::string_view::npos || end == 0) {
        return std::nullopt;
    }
    LockHolder holder{one_line(words.substr(0, end)), {}};
    const std::string_view second = trim(words.substr(end + 1));
    if (second.starts_with(socket_key)) {
        holder.socket = second.substr(socket_key.size());
    }
    return holder;
}

std::unexpected<Error> lock_error(const std::string& path) {
    const int code = errno;
    return fail(
        ErrorKind::Io,
        fmt::format(
            "lock {}: {}{}",
            path,
            std::generic_category().message(code),
            code == ENOSPC ? space_remedy(path) : ""
        )
    );
}

}  // namespace

std::optional<LockHolder> read_lock_holder(const std::filesystem::path& store_path) {
    const Descriptor file(::open(lock_path(store_path).c_str(), O_RDONLY | O_CLOEXEC));
    return file.number() < 0 ? std::nullopt : holder_in(read_words(file.number()));
}

Result<WriterLock> WriterLock::take(
    const std::filesystem::path& store_path, std::string_view holder
) {
    const std::string path = lock_path(store_path);
    Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640));
    if (file.number() < 0) {
        return lock_error(path);
    }
    if (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
        const auto known = holder_in(read_words(file.number()));
        return fail(
            ErrorKind::Io,
            fmt::format(
                "the store {} is being written by {}; stop it or wait for it",
                store_path.string(),
                known ? known->name : "another process"
            )
        );
    }
    WriterLock lock(std::move(file), path, fmt::format("{}, process {}", holder, ::getpid()));
    if (auto written = lock.write_words(lock.name_ + "\n"); !written) {
        return std::unexpected(written.error());
    }
    return lock;
}

Result<void> WriterLock::announce(const std::filesystem::path& socket) {
    return write_words(fmt::format("{}\n{}{}\n", name_, socket_key, socket.string()));
}

Result<void> WriterLock::write_words(const std::string& words) {
    // Written over before it is cut: a reader in between finds a holder, and never none.
    const bool is_written = ::pwrite(file_.number(), words.data(), words.size(), 0) ==
                                static_cast<ssize_t>(words.size()) &&
                            ::ftruncate(file_.number(), static_cast<off_t>(words.size())) == 0;
    if (!is_written) {
        return lock_error(path_);
    }
    return {};
}

WriterLock::~WriterLock() {
    if (file_.number() >= 0) {
        // Whoever is refused next must not read our name.
        (void)!::ftruncate(file_.number(), 0);
    }
}

}  // namespace thidua::store
