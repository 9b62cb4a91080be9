// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/backup.hpp"

#include "core/descriptor.hpp"
#include "core/file.hpp"
#include "store/migrations.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace thidua::store {
namespace {

std::unexpected<Error> file_error(std::string_view call, const std::filesystem::path& path) {
    return fail(
        ErrorKind::Io,
        fmt::format("{} {}: {}", call, path.string(), std::generic_category().message(errno))
    );
}

Result<void> sync_file(const std::filesystem::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) {
        return file_error("open", path);
    }
    return ::fsync(file.number()) == 0 ? Result<void>{} : file_error("sync", path);
}

}  // namespace

Result<void> make_empty(const std::filesystem::path& path) {
    (void)::unlink(path.c_str());
    const Descriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR)
    );
    return file.number() >= 0 ? Result<void>{} : file_error("create", path);
}

Result<void> put_in_place(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (auto synced = sync_file(from); !synced) {
        return synced;
    }
    if (::rename(from.c_str(), to.c_str()) != 0) {
        return file_error("rename " + from.string() + " to", to);
    }
    return sync_folder(folder_of(to));
}

std::filesystem::path free_name(
    const std::filesystem::path& path, std::string_view words, Instant now
) {
    std::string time = to_utc_text(std::chrono::floor<std::chrono::seconds>(now));
    std::erase_if(time, [](char letter) { return letter == '-' || letter == ':'; });
    const std::string first = fmt::format("{}.{}-{}", path.string(), words, time);
    std::string name = first;
    for (int count = 2; std::filesystem::exists(name); ++count) {
        name = fmt::format("{}-{}", first, count);
    }
    return name;
}

Result<void> check_integrity(const std::filesystem::path& path) {
    auto database = Database::open(path, Access::ReadOnly);
    if (!database) {
        return std::unexpected(database.error());
    }
    auto check = (*database)->prepare("PRAGMA integrity_check(1)");
    if (!check) {
        return std::unexpected(check.error());
    }
    const auto found = (*check)->first_row([](const Statement& row) { return row.text(0); });
    if (!found) {
        return std::unexpected(found.error());
    }
    return *found == "ok"
               ? Result<void>{}
               : fail(
                     ErrorKind::Io,
                     fmt::format("{}: damaged: {}", path.string(), found->value_or("no answer"))
                 );
}

Result<void> copy_whole(
    Database& database,
    const std::filesystem::path& target,
    const ProgressSink& told,
    const std::function<Result<void>(const std::filesystem::path& copy)>& check
) {
    std::error_code code;
    if (std::filesystem::exists(target, code)) {
        return fail(
            ErrorKind::Usage,
            fmt::format("{} is there already and is not overwritten; name another", target.string())
        );
    }
    const std::filesystem::path temporary = target.string() + ".partial";
    Result<void> done = make_empty(temporary);
    done = done ? database.copy_to(temporary, told) : done;
    done = done ? check_integrity(temporary) : done;
    done = done ? check(temporary) : done;
    done = done ? put_in_place(temporary, target) : done;
    if (!done) {
        (void)::unlink(temporary.c_str());
        (void)::unlink((temporary.string() + "-journal").c_str());
    }
    return done;
}

Result<void> Store::backup_to(const std::filesystem::path& target, const ProgressSink& told) {
    const auto before = audit_head();
    if (!before) {
        return failed("backup", before.error());
    }
    const auto check = [&](const std::filesystem::path& path) -> Result<void> {
        auto copy = Store::open(path, Access::ReadOnly);  // refuses another schema
        const auto head = copy ? copy->audit_head() : std::unexpected(copy.error());
        if (!head) {
            return std::unexpected(head.error());
        }
        // A writer may have gone on; what the copy ends with must be an entry of ours all the same.
        const auto ours = audit_hash_at(head->number);
        if (!ours) {
            return std::unexpected(ours.error());
        }
        if (head->number < before->number || *ours != head->hash) {
            return fail(
                ErrorKind::Io,
                fmt::format(
                    "the copy ends with entry {} of the audit chain, the store with {}: it is not "
                    "used; try again",
                    head->number,
                    before->number
                )
            );
        }
        return {};
    };
    auto done = copy_whole(*database_, target, told, check);
    return done ? done : failed("backup", done.error());
}

}  // namespace thidua::store
