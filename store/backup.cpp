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

/// The end of the audit chain in the store `path`, which has our schema.
Result<AuditHead> head_of(const std::filesystem::path& path) {
    auto store = Store::open(path, Access::ReadOnly);
    return store ? store->audit_head() : std::unexpected(store.error());
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

PartialFile::PartialFile(std::filesystem::path target)
    : target_(std::move(target)), temporary_(target_.string() + ".partial") {}

PartialFile::PartialFile(PartialFile&& other) noexcept
    : target_(std::move(other.target_)), temporary_(std::exchange(other.temporary_, {})) {}

PartialFile::~PartialFile() {
    if (!temporary_.empty()) {
        (void)::unlink(temporary_.c_str());
        (void)::unlink((temporary_.string() + "-journal").c_str());
    }
}

Result<PartialFile> PartialFile::make(std::filesystem::path target) {
    std::error_code code;
    if (std::filesystem::exists(target, code)) {
        return fail(
            ErrorKind::Usage,
            fmt::format("{} is there already and is not overwritten; name another", target.string())
        );
    }
    PartialFile file(std::move(target));
    auto made = make_empty(file.temporary_);
    return made ? Result<PartialFile>(std::move(file)) : std::unexpected(made.error());
}

Result<void> PartialFile::put_in_place() {
    auto done = store::put_in_place(temporary_, target_);
    if (done) {
        temporary_.clear();
    }
    return done;
}

Result<void> copy_whole(
    Database& database,
    const std::filesystem::path& target,
    const ProgressSink& told,
    const std::function<Result<void>(const std::filesystem::path& copy)>& check
) {
    auto file = PartialFile::make(target);
    if (!file) {
        return std::unexpected(file.error());
    }
    auto done = database.copy_to(file->temporary(), told);
    done = done ? check_integrity(file->temporary()) : done;
    done = done ? check(file->temporary()) : done;
    return done ? file->put_in_place() : done;
}

Result<std::unique_ptr<BackupRun>> BackupRun::begin(
    Store& store, const std::filesystem::path& target
) {
    auto before = store.audit_head();
    auto file = before ? PartialFile::make(target) : std::unexpected(before.error());
    if (!file) {
        return failed("backup", file.error());
    }
    std::unique_ptr<BackupRun> run(new BackupRun(*std::move(file), *std::move(before)));
    auto copy = store.database_->start_copy(run->file_.temporary());
    if (!copy) {
        return failed("backup", copy.error());
    }
    run->copy_ = *std::move(copy);
    return run;
}

Result<CopyState> BackupRun::step() {
    const auto state = copy_->step();
    return state ? state : failed("backup", state.error());
}

Result<void> BackupRun::check_pages() const {
    const auto checked = check_integrity(file_.temporary());
    return checked ? checked : failed("backup", checked.error());
}

Result<void> BackupRun::finish(Store& store) {
    const auto head = head_of(file_.temporary());
    // A writer may have gone on; what the copy ends with must be an entry of ours all the same.
    const auto ours = head ? store.audit_hash_at(head->number) : std::unexpected(head.error());
    if (!ours) {
        return failed("backup", ours.error());
    }
    if (head->number < before_.number || *ours != head->hash) {
        return fail(
            ErrorKind::Io,
            fmt::format(
                "backup: the copy ends with entry {} of the audit chain, the store with {}: it is "
                "not used; try again",
                head->number,
                before_.number
            )
        );
    }
    auto done = file_.put_in_place();
    return done ? done : failed("backup", done.error());
}

}  // namespace thidua::store
