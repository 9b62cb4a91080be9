// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/backup_job.hpp"

#include "core/file.hpp"
#include "store/backup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

namespace thidua::daemon {
namespace {

namespace fs = std::filesystem;

/// Long enough for a thread that waits for the store to get it.
constexpr std::chrono::milliseconds pause{1};
constexpr std::string_view name_begin = "thidua-";
constexpr std::string_view name_end = ".db";

Result<void> copy_pages(
    store::BackupRun& run, const Service& service, const store::ProgressSink& told
) {
    while (true) {
        const auto state = service.store.call([&](store::Store&) { return run.step(); });
        if (!state) {
            return std::unexpected(state.error());
        }
        if (told) {
            told(state->done, state->total);
        }
        service.progressed();
        if (state->is_whole) {
            return {};
        }
        if (service.stop.stop_requested()) {
            return fail(
                ErrorKind::Stopped, "backup: stopped before its end, nothing is kept of it"
            );
        }
        service.wait(pause);
    }
}

/// thidua-20241018T020000Z.db: names sort as the copies were made.
fs::path copy_name(const fs::path& folder, Instant now) {
    std::string when = to_utc_text(std::chrono::floor<std::chrono::seconds>(now));
    std::erase_if(when, [](char letter) { return letter == '-' || letter == ':'; });
    return folder / fmt::format("{}{}{}", name_begin, when, name_end);
}

/// Only copies that were named here; the newest stay.
Result<void> remove_oldest(const fs::path& folder, std::size_t keep) {
    std::error_code code;
    std::vector<fs::path> copies;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, code)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(name_begin) && name.ends_with(name_end) &&
            entry.is_regular_file(code)) {
            copies.push_back(entry.path());
        }
    }
    std::ranges::sort(copies, std::ranges::greater{});
    for (std::size_t at = keep; at < copies.size(); ++at) {
        fs::remove(copies[at], code);
        if (code) {
            return fail(
                ErrorKind::Io, fmt::format("remove {}: {}", copies[at].string(), code.message())
            );
        }
    }
    return {};
}

}  // namespace

Result<void> copy_store(
    const Service& service, const fs::path& target, const store::ProgressSink& told
) {
    auto begun = service.store.call([&](store::Store& store) {
        return store::BackupRun::begin(store, target);
    });
    if (!begun) {
        return std::unexpected(begun.error());
    }
    std::unique_ptr<store::BackupRun> run = *std::move(begun);
    auto done = copy_pages(*run, service, told);
    done = done ? run->check_pages() : done;
    return service.store.call([&](store::Store& store) {
        done = done ? run->finish(store) : done;
        run.reset();  // it has used the connection, so nobody else may at this moment
        return done;
    });
}

Result<fs::path> copy_into_folder(
    const Service& service, const CopyFolder& to, Instant now, const store::ProgressSink& told
) {
    fs::path target = copy_name(to.folder, now);
    auto done = copy_store(service, target, told);
    done = done ? remove_oldest(to.folder, to.keep) : done;
    return done ? Result<fs::path>(std::move(target)) : std::unexpected(done.error());
}

Result<void> make_scheduled_copy(const Service& service, Instant now) {
    const config::Backups& backups = *service.settings.backups;
    std::error_code code;
    fs::create_directories(backups.folder, code);
    if (code) {
        return fail(
            ErrorKind::Io,
            fmt::format("make folder {}: {}", backups.folder.string(), code.message())
        );
    }
    const auto copied = copy_into_folder(
        service, {backups.folder, static_cast<std::size_t>(backups.keep)}, now, {}
    );
    return copied ? Result<void>() : std::unexpected(copied.error());
}

}  // namespace thidua::daemon
