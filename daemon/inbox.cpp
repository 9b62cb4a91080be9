// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/inbox.hpp"

#include "core/descriptor.hpp"
#include "core/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <string_view>
#include <system_error>
#include <utility>

namespace thidua::daemon {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t files_max = 1'000;
constexpr std::size_t bytes_max = 128U * 1024 * 1024;
constexpr std::string_view claimed_name = ".dang-doc";

std::unexpected<Error> io(const fs::path& path, std::string_view what) {
    const std::string reason = std::generic_category().message(errno);
    return fail(ErrorKind::Io, fmt::format("{}: {}: {}", path.string(), what, reason));
}

/// A file that is nobody's but its own: neither a link, which could lead to a secret, nor a device
/// or a pipe, nor a second name of another file.
bool is_own_file(const struct stat& facts) {
    return S_ISREG(facts.st_mode) && facts.st_nlink == 1;
}

/// True if nobody has written to it for as long as `settle` asks, or its marker NAME.done says that
/// it is whole.
bool is_settled(const fs::path& path, const FileDrop& drop, Instant now) {
    struct stat facts {};
    std::error_code code;
    if (fs::exists(fs::symlink_status(path.string() + ".done", code))) {
        return true;
    }
    if (::lstat(path.c_str(), &facts) != 0) {
        return false;
    }
    const Instant changed{std::chrono::seconds{facts.st_mtim.tv_sec}};
    return now - changed >= drop.settle;
}

bool is_candidate(const fs::directory_entry& entry) {
    const std::string name = entry.path().filename().string();
    std::error_code code;
    return !name.starts_with('.') && !name.ends_with(".done") && !name.ends_with(".ly-do.txt") &&
           !(entry.symlink_status(code).type() == fs::file_type::directory);
}

Result<std::vector<fs::path>> names_in(const fs::path& folder) {
    std::vector<fs::path> names;
    std::error_code code;
    fs::directory_iterator entry(folder, code);
    for (; !code && entry != fs::directory_iterator(); entry.increment(code)) {
        if (is_candidate(*entry)) {
            names.push_back(entry->path());
        }
    }
    if (code) {
        return fail(ErrorKind::Io, fmt::format("{}: {}", folder.string(), code.message()));
    }
    std::ranges::sort(names);
    return names;
}

Result<void> make_folder(const fs::path& folder) {
    std::error_code code;
    fs::create_directories(folder, code);
    if (code) {
        return fail(ErrorKind::Io, fmt::format("{}: {}", folder.string(), code.message()));
    }
    return {};
}

/// Moves a file, never over another one, and gives its new place.
Result<fs::path> move_into(
    const fs::path& file, const fs::path& folder, const std::string& prefix
) {
    if (auto made = make_folder(folder); !made) {
        return std::unexpected(std::move(made.error()));
    }
    const std::string name = prefix + file.filename().string();
    fs::path target = folder / name;
    for (int number = 2; fs::exists(fs::symlink_status(target)); ++number) {
        target = folder / fmt::format("{}-{}", number, name);
    }
    if (::rename(file.c_str(), target.c_str()) != 0) {
        return io(file, "cannot be moved to " + folder.string());
    }
    if (auto synced = sync_folder(folder); !synced) {
        return std::unexpected(std::move(synced.error()));
    }
    return target;
}

/// "2024-10-18-160000-", by which files of one name stay apart.
std::string stamp(Instant now) {
    std::string text = format_time(now, TimeFormat::Compact);
    return fmt::format("{}-{}-", to_text(day_of(now)), text.substr(text.size() - 6));
}

}  // namespace

Result<std::string> read_own_file(const fs::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat facts {};
    if (file.number() < 0 && errno == ELOOP) {
        return fail(ErrorKind::Data, "not a file of its own");
    }
    if (file.number() < 0 || ::fstat(file.number(), &facts) != 0) {
        return io(path, "cannot be read");
    }
    if (!is_own_file(facts)) {
        return fail(ErrorKind::Data, "not a file of its own");
    }
    if (static_cast<std::size_t>(facts.st_size) > bytes_max) {
        return fail(ErrorKind::Data, fmt::format("more than {} bytes", bytes_max));
    }
    std::string bytes(static_cast<std::size_t>(facts.st_size), '\0');
    std::size_t read = 0;
    while (read < bytes.size()) {
        const ssize_t count = ::read(file.number(), bytes.data() + read, bytes.size() - read);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return io(path, "cannot be read");
        }
        read += static_cast<std::size_t>(count);
    }
    return bytes;
}

Result<std::vector<fs::path>> claim_files(
    const FileDrop& drop, Instant now, const std::function<bool(const fs::path&)>& wanted
) {
    const fs::path claimed = drop.inbox / claimed_name;
    if (auto made = make_folder(claimed); !made) {
        return std::unexpected(std::move(made.error()));
    }
    auto files = names_in(claimed);  // left by a crash
    auto dropped = files ? names_in(drop.inbox) : Result<std::vector<fs::path>>{};
    if (!files || !dropped) {
        return std::unexpected(files ? std::move(dropped.error()) : std::move(files.error()));
    }
    for (const fs::path& file : *dropped) {
        if (files->size() >= files_max) {
            break;
        }
        if (!wanted(file) || !is_settled(file, drop, now)) {
            continue;
        }
        const fs::path target = claimed / file.filename();
        if (::rename(file.c_str(), target.c_str()) != 0) {
            return io(file, "cannot be claimed");
        }
        (void)::unlink((file.string() + ".done").c_str());
        files->push_back(target);
    }
    return files;
}

Result<void> put_away(
    const fs::path& file, const fs::path& folder, Instant now, const std::string& note
) {
    const auto moved = move_into(file, folder, stamp(now));
    if (!moved) {
        return std::unexpected(moved.error());
    }
    return note.empty() ? Result<void>{} : write_file(moved->string() + ".ly-do.txt", note);
}

}  // namespace thidua::daemon
