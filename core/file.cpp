// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "core/file.hpp"

#include "core/descriptor.hpp"
#include "core/free_space.hpp"
#include "core/text.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <optional>
#include <system_error>

namespace thidua {
namespace {

std::unexpected<Error> io_error(std::string_view call, const std::filesystem::path& path) {
    const int code = errno;
    return fail(
        ErrorKind::Io,
        fmt::format(
            "{} {}: {}{}",
            call,
            path.string(),
            std::generic_category().message(code),
            code == ENOSPC ? space_remedy(path) : ""
        )
    );
}

Result<void> write_all(int descriptor, std::string_view bytes, const std::filesystem::path& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return io_error("write", path);
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

/// Nothing where nobody is to be like.
using Model = std::optional<struct stat>;

Result<void> write_temporary(
    const std::filesystem::path& path, std::string_view bytes, const Model& model
) {
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640));
    if (file.number() < 0) {
        return io_error("create", path);
    }
    if (auto written = write_all(file.number(), bytes, path); !written) {
        return written;
    }
    if (model) {
        // The owner first, since a change of it takes bits of the mode away. Who may not give a
        // file away keeps it.
        if (::fchown(file.number(), model->st_uid, model->st_gid) != 0 && errno != EPERM) {
            return io_error("change owner", path);
        }
        if (::fchmod(file.number(), model->st_mode & 0777U) != 0) {
            return io_error("change mode", path);
        }
    }
    if (::fsync(file.number()) != 0) {
        return io_error("sync", path);
    }
    if (file.close() != 0) {
        return io_error("close", path);
    }
    return {};
}

Result<void> write_as(
    const std::filesystem::path& path, std::string_view bytes, const Model& model
) {
    // The process id keeps two writers of one name apart; a leftover of a crash is overwritten.
    std::filesystem::path temporary = path;
    temporary += fmt::format(".tmp{}", ::getpid());
    auto written = write_temporary(temporary, bytes, model);
    if (written && std::rename(temporary.c_str(), path.c_str()) != 0) {
        written = io_error("rename", path);
    }
    if (!written) {
        (void)::unlink(temporary.c_str());
        return written;
    }
    return sync_folder(folder_of(path));
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::uintmax_t bytes_max) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) {
        return io_error("open", path);
    }
    std::string content;
    while (true) {
        constexpr std::size_t chunk = 65'536;
        const std::size_t held = content.size();
        content.resize(held + chunk);
        const ssize_t got = ::read(file.number(), content.data() + held, chunk);
        if (got < 0 && errno != EINTR) {
            return io_error("read", path);
        }
        content.resize(held + static_cast<std::size_t>(got > 0 ? got : 0));
        if (got == 0) {
            return content;
        }
        if (content.size() > bytes_max) {
            return fail(
                ErrorKind::Io,
                fmt::format("read {}: larger than {} bytes", path.string(), bytes_max)
            );
        }
    }
}

Result<void> sync_folder(const std::filesystem::path& folder) {
    const Descriptor handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (handle.number() < 0 || ::fsync(handle.number()) != 0) {
        return io_error("sync folder", folder);
    }
    return {};
}

Result<std::string> file_owner(const std::filesystem::path& path) {
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0) {
        return io_error("stat", path);
    }
    struct passwd entry {};
    struct passwd* found = nullptr;
    std::array<char, 16 * 1024> room{};  // _SC_GETPW_R_SIZE_MAX is 1 KiB; directories have more
    const int code = ::getpwuid_r(facts.st_uid, &entry, room.data(), room.size(), &found);
    return code == 0 && found != nullptr ? std::string(found->pw_name)
                                         : fmt::format("uid {}", facts.st_uid);
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : ".";
}

Result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
    return write_as(path, bytes, std::nullopt);
}

Result<void> write_file_like(
    const std::filesystem::path& path, std::string_view bytes, const std::filesystem::path& model
) {
    struct stat facts {};
    const bool is_there = ::stat(model.c_str(), &facts) == 0;
    return write_as(path, bytes, is_there ? Model(facts) : std::nullopt);
}

Result<std::string> read_secret(const std::filesystem::path& path) {
    constexpr std::uintmax_t bytes_max = 4096;
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        return fail(ErrorKind::Config, io_error("secret file", path).error().message);
    }
    if ((status.st_mode & S_IROTH) != 0) {
        return fail(
            ErrorKind::Config,
            fmt::format("secret file {}: everybody may read it; chmod 0600 it", path.string())
        );
    }
    auto content = read_file(path, bytes_max);
    if (!content) {
        return fail(ErrorKind::Config, "secret file: " + content.error().message);
    }
    std::string secret(trim(*content));
    if (secret.empty() || secret.find('\n') != std::string::npos) {
        return fail(
            ErrorKind::Config,
            fmt::format("secret file {}: must hold one line with the secret", path.string())
        );
    }
    return secret;
}

}  // namespace thidua
